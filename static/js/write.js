// The page where a tweet is written: marks behind the text, one-click fixes, text that is never lost.
// Without this script the page still works: the rulebook then speaks when the draft is submitted.

const KEPT = 'bluelamp.text.'
const form = document.getElementById('write')
const box = document.getElementById('id_text')
const said = document.getElementById('said')
const notices = document.getElementById('kept')
const trouble = document.getElementById('check-trouble')

const mirror = () => document.getElementById('mirror')

// --- the layer behind the text

function align () {
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
  mirror().scrollTop = box.scrollTop
}

function clearMarks () {
  // Marks of the last check no longer lie under their words.
  mirror().textContent = box.value
  align()
}

box.addEventListener('input', clearMarks)
box.addEventListener('scroll', () => { mirror().scrollTop = box.scrollTop })
addEventListener('resize', align)

// --- saying what changed, once the typing rests

let saying
let lastSaid = ''

function say (words) {
  clearTimeout(saying)
  saying = setTimeout(() => {
    if (words === lastSaid) return
    said.textContent = lastSaid = words
  }, 1000)
}

const words = (selector) => document.querySelector(selector)?.textContent.trim().replace(/\s+/g, ' ') ?? ''

// --- the check's answer

let pressed = false
let waiting = false
let answers = new Map()
// What somebody opened or closed stays so, whatever the next check brings.
const folds = new Map()

document.getElementById('check').addEventListener('click', (event) => {
  const fold = event.target.closest('summary')?.parentElement
  if (fold?.dataset.fold) folds.set(fold.dataset.fold, !fold.open)
})
document.getElementById('check').addEventListener('pointerdown', () => { pressed = true })
for (const end of ['pointerup', 'pointercancel']) {
  addEventListener(end, () => setTimeout(() => {
    pressed = false
    if (waiting) check()
    waiting = false
  }))
}

function check () {
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

form.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr } = event.detail
  if (xhr.status === 401) {
    event.detail.shouldSwap = true
    event.detail.isError = false
    event.detail.target = notices
    keep()
    return
  }
  if (pressed) {
    // Swapping now would take the button away from under the finger.
    event.detail.shouldSwap = false
    waiting = true
    return
  }
  answers = new Map()
  for (const group of form.querySelectorAll('[data-answer]')) {
    answers.set(group.dataset.answer, {
      chosen: group.querySelector('input[type=radio]:checked')?.value,
      own: group.querySelector('input[type=text]').value
    })
  }
})

form.addEventListener('htmx:afterSwap', () => {
  // What was chosen while the check was on its way is newer than what it brings.
  for (const group of form.querySelectorAll('[data-answer]')) {
    const answer = answers.get(group.dataset.answer)
    if (!answer) continue
    for (const radio of group.querySelectorAll('input[type=radio]')) radio.checked = radio.value === answer.chosen
    group.querySelector('input[type=text]').value = answer.own
  }
  for (const details of form.querySelectorAll('details[data-fold]')) {
    if (folds.has(details.dataset.fold)) details.open = folds.get(details.dataset.fold)
  }
  trouble.hidden = true
})

form.addEventListener('htmx:afterSettle', () => {
  if (mirror().textContent !== box.value) mirror().textContent = box.value
  align()
  say(`${words('#count')}. ${words('[data-verdict]')}`)
})

form.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.status !== 403) return
  keep()
  notice('You may have been signed out. Your text is kept in this browser.', ['Reload the page', () => location.reload()])
})
for (const problem of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  form.addEventListener(problem, () => {
    trouble.hidden = false
    // What was found belongs to an older text.
    const verdict = form.querySelector('[data-verdict]')
    verdict.className = 'bl-waiting'
    verdict.textContent = 'Not checked since you changed your text.'
  })
}

// --- one-click fixes; the rulebook counts code points, the browser UTF-16 units

function units (points) {
  return points.join('').length
}

function put (start, end, text) {
  const touch = matchMedia('(pointer: coarse)').matches
  if (!touch) {
    // The old command is the only way that leaves the change to Undo.
    box.focus()
    box.setSelectionRange(start, end)
    if (document.execCommand(text ? 'insertText' : 'delete', false, text)) return
  }
  // On a phone without focus: the keyboard stays down.
  box.setRangeText(text, start, end, 'end')
  check()
}

function fix ({ start, end, excerpt, replacement }) {
  const points = Array.from(box.value)
  let first = Number(start)
  let last = Number(end)
  if (points.slice(first, last).join('') !== excerpt) {
    const at = box.value.indexOf(excerpt)
    if (at < 0) return
    first = Array.from(box.value.slice(0, at)).length
    last = first + Array.from(excerpt).length
  }
  if (!replacement && points[first - 1] === ' ' && (last === points.length || /\s/.test(points[last]))) first -= 1
  put(units(points.slice(0, first)), units(points.slice(0, last)), replacement)
  say(replacement ? `Changed to ${replacement}` : `Taken out: ${excerpt}`)
}

function fixAll (places) {
  // From the end, so that the places before it stay where they are.
  for (const place of [...places].sort((one, other) => other.start - one.start)) fix(place)
}

function sign (signature) {
  const written = box.value.trimEnd()
  // Pressed twice before the check has taken the button away.
  if (written.endsWith(signature)) return
  put(written.length, box.value.length, `${written ? ' ' : ''}${signature}`)
  say(`Added: ${signature}`)
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[type=button]')
  if (!button) return
  if ('fixAll' in button.dataset) {
    const fixes = button.closest('.bl-finding').querySelectorAll('[data-replacement]')
    fixAll([...fixes].map((single) => ({ ...single.dataset })))
  }
  if ('replacement' in button.dataset) fix(button.dataset)
  if ('take' in button.dataset) put(0, box.value.length, button.dataset.take)
  if ('sign' in button.dataset) sign(button.dataset.sign)
})
for (const button of document.querySelectorAll('[data-take], [data-sign]')) button.hidden = false

// --- prepared words and their blanks

const BLANK = /\[[^[\]\n]{1,60}\]/g
const nextButton = document.getElementById('next-blank')
const blanksLeft = document.getElementById('blanks-left')
// The words that stand in the box as they were put there, so that they may be replaced unasked.
let prepared = form.dataset.prepared ?? ''

const blanks = () => [...box.value.matchAll(BLANK)]

function showBlanks () {
  const left = blanks().length
  nextButton.hidden = !left
  blanksLeft.textContent = ` (${left} left)`
}

function select (blank) {
  box.focus()
  box.setSelectionRange(blank.index, blank.index + blank[0].length)
}

box.addEventListener('input', showBlanks)
box.addEventListener('keydown', (event) => {
  if (event.key !== 'Tab' || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return
  // Only forward: behind the last blank Tab leaves the box as everywhere.
  const next = blanks().find((blank) => blank.index >= box.selectionEnd)
  if (!next) return
  event.preventDefault()
  select(next)
})
nextButton.addEventListener('click', () => {
  const all = blanks()
  if (all.length) select(all.find((blank) => blank.index >= box.selectionEnd) ?? all[0])
})

function start (starter) {
  const { category, text, stage } = starter.dataset
  form.elements.category.value = category
  if (stage) form.elements.case_stage.value = stage
  for (const chip of document.querySelectorAll('[data-starter]')) chip.removeAttribute('aria-current')
  starter.setAttribute('aria-current', 'true')
  starter.closest('details')?.removeAttribute('open')
  if (text) {
    box.focus()
    put(0, box.value.length, text)
    prepared = text
    const [first] = blanks()
    if (first) select(first)
  } else {
    box.focus()
    check()
  }
  const left = blanks().length
  say(`Kind of tweet: ${form.elements.category.selectedOptions[0].text}.${left ? ` ${left} to fill in: Tab goes to the next.` : ''}`)
}

document.getElementById('starters')?.addEventListener('click', (event) => {
  const starter = event.target.closest('[data-starter]')
  // With a key held down it is a link like any other.
  if (!starter || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  if (!starter.dataset.text || !box.value.trim() || box.value === prepared) {
    start(starter)
    return
  }
  notice(
    `Replace what you have written by “${starter.textContent.trim()}”?`,
    ['Replace it', () => start(starter)],
    ['Keep my text', () => {}]
  )
  notices.querySelector('button').focus()
})

showBlanks()
if (prepared && blanks().length) select(blanks()[0])

// --- the text is kept in this browser until the server has it

const { person, draft, key } = form.dataset
const own = `${KEPT}${person}.${draft || `new.${key}`}`
const revision = form.elements.revision?.value ?? ''
const served = box.defaultValue
// A page that came back with problems shows text that no draft holds yet.
const isSaved = !('unsaved' in form.dataset)

function read (name) {
  try {
    return JSON.parse(localStorage.getItem(name))
  } catch {
    return null
  }
}

function drop (name) {
  try {
    localStorage.removeItem(name)
  } catch {
    // No storage, nothing to drop.
  }
}

function keep () {
  if (isSaved && box.value === served) {
    drop(own)
    return
  }
  try {
    localStorage.setItem(own, JSON.stringify({ person, key, revision, text: box.value, at: Date.now() }))
  } catch {
    // A full or closed storage must not get in the way of writing.
  }
}

let keeping
box.addEventListener('input', () => {
  clearTimeout(keeping)
  keeping = setTimeout(keep, 300)
})
// Signing out forgets what was kept; leaving the page on the way out must not keep it again.
let signingOut = false
document.addEventListener('submit', (event) => { signingOut = event.target.matches('form[data-sign-out]') })
addEventListener('pagehide', () => { if (!signingOut && box.value !== served) keep() })

async function leftBehind () {
  // A new draft has no number yet: take the latest one that no other tab has open.
  if (draft || read(own)) return own
  const open = (await navigator.locks?.query())?.held.map((lock) => lock.name) ?? []
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(`${KEPT}${person}.new.`) && !open.includes(name) && read(name))
    .sort((one, other) => read(other).at - read(one).at)[0]
}

function notice (text, ...buttons) {
  const banner = document.createElement('div')
  banner.className = 'bl-kept__notice'
  const sentence = document.createElement('p')
  sentence.textContent = text
  banner.append(sentence)
  for (const [label, action] of buttons) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'govuk-button govuk-button--secondary'
    button.textContent = label
    button.addEventListener('click', () => {
      action()
      banner.remove()
      box.focus()
    })
    banner.append(button)
  }
  notices.replaceChildren(banner)
}

function set (text) {
  box.value = text
  check()
}

async function restore () {
  const name = await leftBehind()
  const entry = name && read(name)
  // Another tab that opens meanwhile sees by this lock whose text this is.
  navigator.locks?.request(own, () => new Promise(() => {}))
  // What was typed before the draft had a number is the draft's own text by now.
  if (draft) drop(`${KEPT}${person}.new.${key}`)
  if (!isSaved) keep()
  if (!entry) return
  const elsewhere = entry.text.replace(/\r\n/g, '\n')
  if (!elsewhere.trim() || elsewhere === served) {
    if (isSaved) drop(name)
    return
  }
  const at = new Date(entry.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' })
  const discard = () => {
    drop(name)
    drop(own)
    set(served)
  }
  if (!draft || entry.revision === revision) {
    set(elsewhere)
    if (name !== own) drop(name)
    keep()
    notice(`Your text was kept in this browser at ${at} and put back.`, ['Discard it', discard])
  } else {
    notice(
      `Text that you did not save was kept in this browser at ${at}. This draft has been saved since, so it was not put back: “${elsewhere}”`,
      ['Put it back', () => set(elsewhere)],
      ['Discard it', discard]
    )
  }
}

restore()
align()
