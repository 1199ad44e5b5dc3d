/** `<aisle-chat>`: the chat on any page, in its own Shadow DOM. */

import { Chat } from "./chat";
import { english } from "./locale/english";
import styles from "./styles/index.css?inline";

/**
 * Attributes: `data-chat-url` (required), `data-title`, `data-greeting`, `data-accent` (a CSS
 * colour), `data-open` (starts open).
 */
export class AisleChat extends HTMLElement {
  #chat: Chat | undefined;

  connectedCallback(): void {
    const chatUrl = this.#chatUrl();
    if (chatUrl === null) {
      console.error("aisle-chat: data-chat-url must be the http(s) address of the chat.");
      return;
    }
    const { title, greeting, accent } = this.dataset;
    const strings = {
      ...english,
      ...(title && { title }),
      ...(greeting && { greeting }),
    };
    if (accent) this.style.setProperty("--aisle-accent", accent);
    this.#chat = new Chat(chatUrl, strings);
    const root = this.shadowRoot ?? this.#attachRoot();
    root.replaceChildren(this.#chat.panel, this.#chat.bubble);
    document.addEventListener("click", this.#onPageClick);
    this.#chat.start(this.hasAttribute("data-open"));
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.#onPageClick);
    this.#chat?.stop();
  }

  #attachRoot(): ShadowRoot {
    const root = this.attachShadow({ mode: "open" });
    // Unlike a <style> element, this needs no exception in the page's Content-Security-Policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    return root;
  }

  #chatUrl(): URL | null {
    const { chatUrl } = this.dataset;
    if (!chatUrl) return null;
    try {
      const url = new URL(chatUrl, document.baseURI);
      return /^https?:$/.test(url.protocol) ? url : null;
    } catch {
      return null;
    }
  }

  /** `data-aisle-ask="…"` on anything in the shop's page opens the chat and asks that. */
  readonly #onPageClick = (event: Event): void => {
    const asking = event.target instanceof Element && event.target.closest("[data-aisle-ask]");
    if (!asking) return;
    event.preventDefault();
    this.#chat?.ask(asking.getAttribute("data-aisle-ask") ?? "");
  };
}
