// Passkeys: asks the browser for one and sends what it signed with the form that asked.

const SENTENCES = {
  NotAllowedError: 'Nothing happened: it was cancelled, or it took too long. Press the button to try again.',
  InvalidStateError: 'This device already has a passkey of yours for Blue Lamp.',
  SecurityError: 'Passkeys do not work at this address. Open Blue Lamp by its usual name.',
  NotSupportedError: 'This device cannot make a passkey. Try another one, or use an app for codes.'
}
const OTHERWISE = 'The passkey could not be used. Press the button to try again.'

async function optionsOf (form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options)
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error('no options')
  return (await answer.json()).request_options
}

function made (options) {
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: 'required', requireResidentKey: true, userVerification: 'required'
  })
  return window.webauthnJSON.create(options)
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const problem = form.querySelector('[data-passkey-problem]')
  const button = form.querySelector('button')
  form.addEventListener('submit', async (event) => {
    if (form.elements.credential.value) return
    event.preventDefault()
    event.stopPropagation()
    problem.textContent = ''
    button.disabled = true
    try {
      const options = await optionsOf(form)
      const isNew = form.dataset.passkey === 'create'
      const credential = await (isNew ? made(options) : window.webauthnJSON.get(options))
      form.elements.credential.value = JSON.stringify(credential)
      form.submit()
    } catch (fault) {
      problem.textContent = SENTENCES[fault.name] ?? OTHERWISE
      button.disabled = false
    }
  })
}
if (!window.PublicKeyCredential) {
  for (const part of document.querySelectorAll('[data-needs-passkeys]')) part.hidden = true
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.elements.credential.value = ''
    form.querySelector('button').disabled = false
  }
})
