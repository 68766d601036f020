// Single keys in review, for those who have switched them on.

const help = document.getElementById('keys-help')
const cards = [...document.querySelectorAll('.bl-queue__cards .bl-card')]
// A key that was still down when the page came has decided nothing here.
const TOO_SOON = 500
let at = -1

function goTo (number) {
  if (!cards.length) return
  at = Math.min(Math.max(number, 0), cards.length - 1)
  const card = cards[at]
  card.tabIndex = -1
  card.focus({ preventScroll: true })
  card.scrollIntoView({ block: 'nearest' })
}

function isWhole (element) {
  const box = element.getBoundingClientRect()
  return box.top >= 0 && box.bottom <= innerHeight
}

function press (element) {
  if (element) element.click()
  return Boolean(element)
}

function open (selector) {
  const details = document.querySelector(selector)
  if (!details) return
  details.open = true
  details.scrollIntoView({ block: 'start' })
  details.querySelector('input[type=radio], textarea')?.focus()
}

const card = () => cards[at]
const inQueue = {
  j: () => goTo(at + 1),
  k: () => goTo(at - 1),
  o: () => press(card()?.querySelector('.bl-card__link')),
  r: () => press(card()?.querySelector('.bl-card__link')),
  a: () => {
    const form = card()?.querySelector('.bl-card__decide')
    if (!form) return
    // Only what was on screen in full can have been read.
    if (isWhole(card())) press(form.querySelector('button'))
    else card().scrollIntoView({ block: 'end' })
  }
}
const inReview = {
  a: () => press(document.querySelector('.bl-approve__button')),
  r: () => open('.bl-choice--return'),
  x: () => open('.bl-choice--reject'),
  u: () => press(document.querySelector('.govuk-back-link'))
}
const keys = { ...(cards.length ? inQueue : inReview), '?': () => { help.open = !help.open } }

document.addEventListener('keydown', (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest('input, textarea, select, [contenteditable]')) return
  if (performance.now() < TOO_SOON || !(event.key in keys)) return
  event.preventDefault()
  keys[event.key]()
})
