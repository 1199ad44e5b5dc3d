/** Joins the parts: what is on screen, what is in storage, and the connection. */

import { Bubble } from "./bubble";
import { Composer } from "./composer";
import type { Strings } from "./locale/strings";
import { newMessageId } from "./message_id";
import { Outbox, type Delivery } from "./outbox";
import { Panel } from "./panel";
import type { Message } from "./protocol";
import { ChatSession, type Listener, type Status } from "./session";
import { ChatStorage } from "./storage";
import { Transcript } from "./transcript";

export class Chat implements Listener {
  readonly #bubble: Bubble;
  readonly #panel: Panel;
  readonly #transcript: Transcript;
  readonly #composer: Composer;
  readonly #storage: ChatStorage;
  readonly #session: ChatSession;
  readonly #outbox: Outbox;
  readonly #welcome: Message;
  #online = false;

  constructor(chatUrl: URL, strings: Strings) {
    this.#welcome = {
      role: "assistant",
      id: "welcome",
      text: strings.greeting,
      products: [],
      buttons: strings.suggestions.map((text) => ({ title: text, payload: text })),
      constraints: [],
      table: null,
    };
    this.#storage = new ChatStorage(chatUrl.href);
    this.#session = new ChatSession(chatUrl, this.#storage, this);
    this.#outbox = new Outbox(this.#storage, this.#session, (id, delivery, reason) =>
      this.#onDelivery(id, delivery, reason),
    );
    this.#transcript = new Transcript(strings, (payload) => this.#choose(payload));
    this.#composer = new Composer(strings, (text) => this.#say(text));
    this.#panel = new Panel(
      strings,
      () => this.#close(),
      this.#transcript.root,
      this.#composer.root,
    );
    this.#bubble = new Bubble(strings, () => (this.#panel.isOpen ? this.#close() : this.#open()));
  }

  get panel(): HTMLElement {
    return this.#panel.root;
  }

  get bubble(): HTMLElement {
    return this.#bubble.root;
  }

  /** Once the elements are in the page. Opens if asked to, or where this tab left it open. */
  start(open: boolean): void {
    for (const message of this.#outbox.resume()) this.#transcript.add(message);
    // On a phone an open chat would cover the page that a product's link has just led to.
    if (open || (this.#storage.open && !this.#panel.isPhone)) this.#show();
  }

  stop(): void {
    this.#session.close();
  }

  /** Opens the chat, and asks the question where it is not empty. */
  ask(question: string): void {
    this.#open();
    if (question !== "") this.#say(question);
  }

  onStatus(status: Status): void {
    this.#online = status === "online";
    this.#panel.status = status;
    if (!this.#online) this.#transcript.typing = false;
    for (const { id } of this.#outbox.messages) this.#showWaiting(id);
  }

  onHistory(history: Message[]): void {
    for (const { id } of history) this.#outbox.settle(id);
    const [oldest] = history;
    // The history is cut to its latest part; what stands above that on screen may stay there.
    const above = oldest ? this.#transcript.messagesBefore(oldest.id) : [this.#welcome];
    this.#transcript.restore([...above, ...history, ...this.#outbox.messages]);
    for (const { id } of this.#outbox.messages) this.#showWaiting(id);
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

  #open(): void {
    this.#show();
    // On a phone the focus in the text area would bring up the keyboard over half of the chat.
    if (this.#panel.isPhone) this.#panel.focus();
    else this.#composer.input.focus();
  }

  #show(): void {
    this.#panel.open();
    this.#bubble.expanded = true;
    this.#bubble.unread = 0;
    this.#storage.open = true;
    if (this.#transcript.empty && this.#storage.token === "") {
      this.#transcript.restore([this.#welcome]);
    }
    this.#transcript.scrollToEnd();
    // A page that nobody chats on costs the server no connection.
    this.#session.open();
  }

  #close(): void {
    this.#panel.close();
    this.#bubble.expanded = false;
    this.#storage.open = false;
    this.#bubble.root.focus();
  }

  #choose(payload: string): void {
    this.#say(payload);
    // The chosen button is gone, and the focus must not go with it.
    if (this.#panel.isPhone) this.#transcript.log.focus();
    else this.#composer.input.focus();
  }

  #say(text: string): void {
    const id = newMessageId();
    this.#transcript.add(this.#outbox.send(id, text));
    this.#showWaiting(id);
    this.#transcript.scrollToEnd();
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
}
