// Single keys in review, for those who have switched them on.

const help = document.getElementById('keys-help')
const isQueue = Boolean(document.querySelector('.bl-queue__cards'))
const together = document.getElementById('together')
const approvesTogether = document.getElementById('approve-together')
const isBulk = Boolean(document.getElementById('bulk'))
const cards = isQueue || isBulk ? [...document.querySelectorAll('.bl-card')] : []
// The second press of two quick ones must not approve what nobody has read. Other keys decide
// nothing, and work at once.
const TOO_SOON = 500
const GO_ON = 'bluelamp.go-on'
const CHOICES = { '#return': '.bl-choice--return', '#reject': '.bl-choice--reject' }
let at = -1

const card = () => cards[at]

function goTo (number) {
  if (!cards.length) return
  at = Math.min(Math.max(number, 0), cards.length - 1)
  card().tabIndex = -1
  card().focus({ preventScroll: true })
  card().scrollIntoView({ block: 'nearest' })
}

function isWhole (element) {
  const box = element.getBoundingClientRect()
  // Scrolling stops at whole pixels, boxes do not.
  return box.top >= -1 && box.bottom <= innerHeight + 1
}

function press (element) {
  if (element) element.click()
  return Boolean(element)
}

function approve (button) {
  if (performance.now() >= TOO_SOON) press(button)
}

function open (choice) {
  const details = document.querySelector(CHOICES[choice])
  if (!details) return
  details.open = true
  details.scrollIntoView({ block: 'start' })
  details.querySelector('input[type=radio], textarea')?.focus()
}

// Only what was on screen in full can have been read.
function whenWhole (act) {
  if (!card()) return
  if (isWhole(card())) act()
  else card().scrollIntoView({ block: 'end' })
}

function decideTogether (choice) {
  together.action = together.action.split('#')[0] + choice
  together.requestSubmit()
}

const isTicked = () => Boolean(together && document.querySelector('[name=pick]:checked'))

function openCard (choice = '') {
  const link = card()?.querySelector('.bl-card__link')
  if (link) location.assign(link.href + choice)
}

const goesBack = () => press(document.querySelector('.govuk-back-link'))

const inQueue = {
  j: () => goTo(at + 1),
  k: () => goTo(at - 1),
  t: () => press(card()?.querySelector('[name=pick]')),
  o: () => openCard(),
  // Several together are shown on a page of their own first.
  r: () => isTicked() ? decideTogether('#return') : openCard('#return'),
  x: () => isTicked() ? decideTogether('#reject') : openCard('#reject'),
  a: () => {
    if (isTicked()) {
      decideTogether('')
      return
    }
    const button = card()?.querySelector('.bl-card__decide button')
    if (button) {
      whenWhole(() => {
        sessionStorage.setItem(GO_ON, 'yes')
        approve(button)
      })
    }
  }
}
const inBulk = {
  j: () => goTo(at + 1),
  k: () => goTo(at - 1),
  t: () => {
    const box = card()?.querySelector('[name=read]')
    if (box) whenWhole(() => press(box))
  },
  a: () => approve(approvesTogether?.querySelector('button')),
  r: () => open('#return'),
  x: () => open('#reject'),
  u: goesBack
}
const inReview = {
  a: () => approve(document.querySelector('.bl-approve__button')),
  r: () => open('#return'),
  x: () => open('#reject'),
  u: goesBack
}
const keys = {
  ...(isQueue ? inQueue : isBulk ? inBulk : inReview),
  '?': () => { help.open = !help.open }
}

document.addEventListener('keydown', (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
  // A box to tick takes no letters.
  if (event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')) return
  if (!(event.key in keys)) return
  event.preventDefault()
  keys[event.key]()
})

// --- where one comes from

if (location.hash in CHOICES) open(location.hash)
// After a decision on a card the next card is the one to look at.
if (isQueue && sessionStorage.getItem(GO_ON)) {
  sessionStorage.removeItem(GO_ON)
  goTo(0)
}
