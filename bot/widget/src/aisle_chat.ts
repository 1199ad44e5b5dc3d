/** `<aisle-chat>`: the chat bubble and its panel, on any page, in its own Shadow DOM. */

import { Bubble } from "./bubble";
import { Composer } from "./composer";
import { english } from "./locale/english";
import { newMessageId } from "./message_id";
import { Outbox, type Delivery } from "./outbox";
import { Panel } from "./panel";
import type { Message } from "./protocol";
import { ChatSession, type Listener, type Status } from "./session";
import { ChatStorage } from "./storage";
import styles from "./styles/index.css?inline";
import { Transcript } from "./transcript";

const WELCOME_ID = "welcome";

/**
 * Attributes: `data-chat-url` (required), `data-title`, `data-greeting`, `data-accent` (a CSS
 * colour), `data-open` (starts open).
 */
export class AisleChat extends HTMLElement implements Listener {
  readonly #strings = english;
  #bubble!: Bubble;
  #panel!: Panel;
  #transcript!: Transcript;
  #composer!: Composer;
  #storage!: ChatStorage;
  #session: ChatSession | undefined;
  #outbox!: Outbox;
  #online = false;

  connectedCallback(): void {
    if (this.shadowRoot !== null) return;
    const chatUrl = this.#chatUrl();
    if (chatUrl === null) {
      console.error("aisle-chat: data-chat-url must be the http(s) address of the chat.");
      return;
    }
    this.#storage = new ChatStorage(chatUrl.href);
    this.#build();
    this.#session = new ChatSession(chatUrl, this.#storage, this);
    this.#outbox = new Outbox(this.#storage, this.#session, (id, delivery, reason) =>
      this.#onDelivery(id, delivery, reason),
    );
    document.addEventListener("click", this.#onPageClick);
    for (const message of this.#outbox.resume()) this.#transcript.add(message);
    const reopen = this.#storage.open && !this.#panel.isPhone;
    if (reopen || this.hasAttribute("data-open")) this.#show();
  }

  disconnectedCallback(): void {
    this.#session?.close();
    document.removeEventListener("click", this.#onPageClick);
  }

  /** Opens the panel and takes the focus. */
  open(): void {
    this.#show();
    // On a phone the focus in the text area would bring up the keyboard over half of the chat.
    if (this.#panel.isPhone) this.#panel.focus();
    else this.#composer.input.focus();
  }

  /** Closes the panel and gives the focus back to the bubble. */
  close(): void {
    this.#panel.close();
    this.#bubble.expanded = false;
    this.#storage.open = false;
    this.#bubble.root.focus();
  }

  onStatus(status: Status): void {
    this.#online = status === "online";
    this.#panel.status = status;
    if (status === "online") return;
    this.#transcript.typing = false;
    for (const { id } of this.#outbox.messages) this.#showWaiting(id);
  }

  onHistory(history: Message[]): void {
    for (const { id } of history) this.#outbox.settle(id);
    const messages = [...history, ...this.#outbox.messages];
    const greeted = this.#transcript.find(WELCOME_ID) !== undefined;
    this.#transcript.restore(
      greeted || messages.length === 0 ? [this.#welcome(), ...messages] : messages,
    );
    for (const { id } of messages) this.#showWaiting(id);
    this.#outbox.resendAccepted();
  }

  onReply(reply: Message): void {
    this.#transcript.typing = false;
    this.#transcript.add(reply);
    if (!this.#panel.isOpen) this.#bubble.unread += 1;
  }

  onCustomer(message: Message): void {
    this.#transcript.add(message);
  }

  onTyping(on: boolean): void {
    this.#transcript.typing = on;
  }

  onTurn(id: string): void {
    this.#transcript.typing = false;
    this.#outbox.settle(id);
  }

  #chatUrl(): URL | null {
    try {
      const url = new URL(this.dataset["chatUrl"] ?? "", document.baseURI);
      return this.dataset["chatUrl"] && /^https?:$/.test(url.protocol) ? url : null;
    } catch {
      return null;
    }
  }

  #build(): void {
    const strings = this.#strings;
    this.#transcript = new Transcript(strings, (payload) => this.#choose(payload));
    this.#composer = new Composer(strings, (text) => this.#say(text));
    this.#panel = new Panel(
      this.dataset["title"] || strings.title,
      strings,
      () => this.close(),
      this.#transcript.root,
      this.#composer.root,
    );
    this.#bubble = new Bubble(strings, () => (this.#panel.isOpen ? this.close() : this.open()));
    this.#bubble.expanded = false;
    if (this.dataset["accent"]) this.style.setProperty("--aisle-accent", this.dataset["accent"]);
    const root = this.attachShadow({ mode: "open" });
    // Unlike a <style> element, this needs no exception in the page's Content-Security-Policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#panel.root, this.#bubble.root);
  }

  #show(): void {
    this.#panel.open();
    this.#bubble.expanded = true;
    this.#bubble.unread = 0;
    this.#storage.open = true;
    // A page that nobody chats on costs the server no connection.
    this.#session?.open();
    if (this.#transcript.empty && this.#storage.token === "") {
      this.#transcript.restore([this.#welcome()]);
    }
    this.#transcript.scrollToEnd();
  }

  #welcome(): Message {
    return {
      role: "assistant",
      id: WELCOME_ID,
      text: this.dataset["greeting"] || this.#strings.greeting,
      products: [],
      buttons: this.#strings.suggestions.map((text) => ({ title: text, payload: text })),
    };
  }

  #choose(payload: string): void {
    this.#say(payload);
    // The chosen button is gone, and the focus must not go with it.
    if (this.#panel.isPhone) this.#transcript.log.focus();
    else this.#composer.input.focus();
  }

  #say(text: string): void {
    const id = newMessageId();
    this.#transcript.add(this.#outbox.send(id, text), true);
    this.#showWaiting(id);
  }

  #onDelivery(id: string, delivery: Delivery, reason: string): void {
    if (delivery === "failed") {
      this.#transcript.find(id)?.setFailed(reason, () => this.#outbox.retry(id));
    } else {
      this.#showWaiting(id);
    }
  }

  /** A message on its way needs no words; one that waits for the chat to come back does. */
  #showWaiting(id: string): void {
    const waiting = !this.#online && this.#outbox.isWaiting(id);
    this.#transcript.find(id)?.setWaiting(waiting);
  }

  /** `data-aisle-ask="…"` on anything in the shop's page opens the chat and asks that. */
  readonly #onPageClick = (event: Event): void => {
    const asking = event.target instanceof Element && event.target.closest("[data-aisle-ask]");
    if (!asking) return;
    event.preventDefault();
    this.open();
    const question = asking.getAttribute("data-aisle-ask");
    if (question) this.#say(question);
  };
}
