/** Puts the chat on the page: `<script src="…/widget.js" data-chat-url="…" defer></script>`. */

import { AisleChat } from "./aisle_chat";

const TAG = "aisle-chat";

function install(script: HTMLOrSVGScriptElement | null): void {
  // The script may stand twice on a page, from a template and from a tag manager.
  if (customElements.get(TAG) === undefined) customElements.define(TAG, AisleChat);
  if (script === null || document.querySelector(TAG) !== null) return;
  const chat = document.createElement(TAG);
  for (const { name, value } of script.attributes) {
    if (name.startsWith("data-")) chat.setAttribute(name, value);
  }
  // The shop's service hands out this script, unless the shop has put it elsewhere and says so.
  if (script instanceof HTMLScriptElement && script.src !== "") {
    chat.dataset["serviceUrl"] ??= new URL(".", script.src).href;
  }
  document.body.append(chat);
}

const script = document.currentScript;
if (document.body !== null) install(script);
else document.addEventListener("DOMContentLoaded", () => install(script), { once: true });
