// Passkeys: the one thing about signing in that a browser does only by script. Every page that has them says what to
// do without: the code of an authenticator app.
//
// A form with data-passkey="create" or "get" holds what the server asks for in data-options, or fetches it from its own
// address (data-options-from). Its button, hidden until the browser can do it, starts; the answer goes into the field
// "credential" and the form is sent.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

const create = async ({ publicKey }, passwordless) => {
  const selection = { ...publicKey.authenticatorSelection };
  if (passwordless) {
    Object.assign(selection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
  }
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      authenticatorSelection: selection,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
    },
  });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    },
  };
};

const get = async ({ publicKey }) => {
  const given = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = given.response;
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    clientExtensionResults: given.getClientExtensionResults(),
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    },
  };
};

const asked = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return (await answer.json()).request_options;
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-passkey-failed]");
  const button = form.querySelector("button[type=submit]");
  if (!window.PublicKeyCredential || !navigator.credentials || !button) continue;
  form.hidden = false;
  document.querySelectorAll("[data-passkey-without]").forEach((words) => (words.hidden = true));
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return; // the answer is there: the form may go
    event.preventDefault();
    if (failed) failed.hidden = true;
    button.disabled = true;
    try {
      const passwordless = form.elements.passwordless && form.elements.passwordless.checked;
      const options = await asked(form);
      const answer = form.dataset.passkey === "create" ? await create(options, passwordless) : await get(options);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      // Cancelled, timed out, or no such passkey here: said in words, nothing else happens.
      if (failed) {
        failed.hidden = false;
        failed.focus();
      }
    } finally {
      button.disabled = false;
    }
  });
}
