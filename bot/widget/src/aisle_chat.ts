/** `<aisle-chat>`: the chat on any page, in its own Shadow DOM. */

import { Chat } from "./chat";
import type { Rule } from "./invitation";
import { stringsOf } from "./locale";
import styles from "./styles/index.css?inline";

/** Its attributes, methods and events are those of the README. */
export class AisleChat extends HTMLElement {
  #chat: Chat | undefined;

  connectedCallback(): void {
    const { title, greeting, accent, identity, lang, serviceUrl, mode } = this.dataset;
    const chatUrl = address(this.dataset["chatUrl"]);
    if (chatUrl === null) {
      console.error("aisle-chat: data-chat-url must be the http(s) address of the chat.");
      return;
    }
    const strings = {
      ...stringsOf(lang ?? document.documentElement.lang),
      ...(title && { title }),
      ...(greeting && { greeting }),
    };
    if (accent) this.style.setProperty("--aisle-accent", accent);
    this.#chat = new Chat({
      chatUrl,
      serviceUrl: address(serviceUrl),
      strings,
      isPage: mode === "page",
      tell: (event, detail) =>
        this.dispatchEvent(
          new CustomEvent(`aisle:${event}`, { detail, bubbles: true, cancelable: true }),
        ),
    });
    if (identity) this.#chat.identify(identity);
    const root = this.shadowRoot ?? this.#attachRoot();
    root.replaceChildren(...this.#chat.elements);
    for (const element of this.#chat.elements) element.lang = strings.language;
    document.addEventListener("click", this.#onPageClick);
    this.#chat.start(this.hasAttribute("data-open"));
    const { invite, invitePath, inviteSeconds, inviteCart, cart } = this.dataset;
    if (cart) this.#chat.cart = Number(cart);
    if (invite) {
      this.#chat.invite({
        text: invite,
        ...(invitePath && { path: invitePath }),
        seconds: Number(inviteSeconds ?? 0),
        cart: Number(inviteCart ?? 0),
      });
    }
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.#onPageClick);
    this.#chat?.stop();
  }

  open(): void {
    this.#chat?.open();
  }

  close(): void {
    this.#chat?.close();
  }

  /** Opens the chat, and says this in the customer's name. */
  send(text: string): void {
    this.#chat?.ask(text);
  }

  /** Puts words into the text area, for the customer to send or to change. */
  prefill(text: string): void {
    this.#chat?.prefill(text);
  }

  /** Says who has logged in at the shop, by its token; null after a log-out. */
  identify(token: string | null): void {
    this.#chat?.identify(token);
  }

  /** Invites to chat where the rule fits, in place of an earlier rule. */
  invite(rule: Rule): void {
    this.#chat?.invite(rule);
  }

  /** How many things the shop's own cart holds. */
  setCart(count: number): void {
    if (this.#chat) this.#chat.cart = count;
  }

  #attachRoot(): ShadowRoot {
    const root = this.attachShadow({ mode: "open" });
    // Unlike a <style> element, this needs no exception in the page's Content-Security-Policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    return root;
  }

  /** `data-aisle-ask="…"` on anything in the shop's page opens the chat and asks that. */
  readonly #onPageClick = (event: Event): void => {
    const asking = event.target instanceof Element && event.target.closest("[data-aisle-ask]");
    if (!asking) return;
    event.preventDefault();
    this.#chat?.ask(asking.getAttribute("data-aisle-ask") ?? "");
  };
}

function address(text: string | undefined): URL | null {
  if (!text) return null;
  try {
    const url = new URL(text, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
