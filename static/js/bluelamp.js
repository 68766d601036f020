// What every page needs: GOV.UK's components, no second submit, and no text left behind.

const KEPT = 'bluelamp.text.'
const A_DAY = 24 * 60 * 60 * 1000

// --- one submit per press

document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.method !== 'post' || event.defaultPrevented) return
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = 'yes'
  setTimeout(() => delete form.dataset.sent, 8000)
})
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
})

// --- the second press of a double click must not approve what nobody has read

const A_DOUBLE_CLICK = 500

document.addEventListener('click', (event) => {
  const isApproval = event.target.closest('.bl-approve__button')
  // A press of a key has no count of clicks: whoever tabbed there has not clicked twice.
  if (isApproval && event.detail > 0 && performance.now() < A_DOUBLE_CLICK) event.preventDefault()
})

// --- text kept in this browser belongs to one person and to one day

function forget (unwanted) {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(KEPT) && unwanted(JSON.parse(localStorage.getItem(name)))) {
        localStorage.removeItem(name)
      }
    }
  } catch {
    // No storage in this browser: then nothing was kept either.
  }
}

const { person, saved } = document.body.dataset
forget((entry) => !entry || Date.now() - entry.at > A_DAY)
if (person) forget((entry) => entry.person !== person)
if (saved) forget((entry) => entry.key === saved)

document.addEventListener('submit', (event) => {
  if (event.target.matches('form[data-sign-out]')) forget(() => true)
})

// --- filters stand open where there is room for them

for (const details of document.querySelectorAll('details[data-open-wide]')) {
  if (matchMedia('(min-width: 56em)').matches) details.open = true
}

// --- the menu in the navigation closes like any other

const menu = document.querySelector('.bl-more')
document.addEventListener('click', (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false
})
menu?.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !menu.open) return
  menu.open = false
  menu.querySelector('summary').focus()
})

// --- an address that names a rule shows all of it

function showTarget () {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1))
  const details = target && target.matches('.bl-rule') && target.querySelector('details')
  if (!details) return
  details.open = true
  target.scrollIntoView()
}
addEventListener('hashchange', showTarget)
showTarget()

// --- a reason's own sentence goes into the box until somebody edits it

for (const form of document.querySelectorAll('form[data-sentences]')) {
  const box = form.querySelector('textarea')
  const sentence = (radio) => radio.closest('div').querySelector('.govuk-hint')?.textContent.trim() ?? ''
  const prepared = new Set([...form.querySelectorAll('input[type=radio]')].map(sentence))
  form.addEventListener('change', (event) => {
    if (event.target.type !== 'radio') return
    if (!box.value.trim() || prepared.has(box.value.trim())) box.value = sentence(event.target)
  })
}

// --- components, also in what htmx brings

const urls = document.getElementById('bluelamp-js').dataset

async function start (scope) {
  const govuk = await import(urls.govuk)
  govuk.initAll({ scope })
  if (!scope.querySelector('[data-module^="moj-"]')) return
  const moj = await import(urls.moj)
  moj.initAll({ scope })
}

start(document)
document.addEventListener('htmx:afterSwap', (event) => start(event.detail.target))
