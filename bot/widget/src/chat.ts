/** Joins the parts: what is on screen, what is in storage, and the connection. */

import { Bubble } from "./bubble";
import { Composer } from "./composer";
import { deletion } from "./deletion";
import { element } from "./dom";
import { Files } from "./files";
import { Impressions } from "./impressions";
import { applies, Invitation, type Rule } from "./invitation";
import type { Strings } from "./locale/strings";
import { Menu } from "./menu";
import { newMessageId } from "./message_id";
import { Outbox, type Delivery } from "./outbox";
import { Panel } from "./panel";
import { fetchDetails } from "./product";
import { ProductSheet } from "./product_sheet";
import { plainMessage, type Message, type Product, type Turn } from "./protocol";
import { ChatSession, type Listener, type Status } from "./session";
import { Sheet } from "./sheet";
import { Sound } from "./sound";
import { ChatStorage } from "./storage";
import { Transcript, WELCOME } from "./transcript";

/**
 * A turn takes 25 seconds at most. When nothing is heard of one for so long, its end was lost: a
 * browser repeats by itself, unseen, a request of long polling whose answer the network has dropped.
 */
const LONGEST_SILENCE_MS = 30_000;

export interface Options {
  chatUrl: URL;
  /** Where the shop's service answers; null where product details are not to be had. */
  serviceUrl: URL | null;
  strings: Strings;
  /** The chat fills its element, and has no bubble. */
  isPage: boolean;
  /** Tells the page; false where the page does the rest itself. */
  tell(event: string, detail: Record<string, unknown>): boolean;
}

export class Chat implements Listener {
  readonly elements: HTMLElement[];
  readonly #options: Options;
  readonly #bubble: Bubble;
  readonly #panel: Panel;
  readonly #sheet: Sheet;
  readonly #menu: Menu;
  readonly #transcript: Transcript;
  readonly #composer: Composer;
  readonly #invitation: Invitation;
  readonly #impressions: Impressions;
  readonly #notice = element("p", { class: "visually-hidden", role: "status" });
  readonly #sound = new Sound();
  readonly #storage: ChatStorage;
  readonly #session: ChatSession;
  readonly #outbox: Outbox;
  readonly #files: Files;
  readonly #welcome: Message;
  #cart = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #online = false;

  constructor(options: Options) {
    const { chatUrl, strings, isPage, tell } = options;
    this.#options = options;
    this.#welcome = plainMessage(
      "assistant",
      WELCOME,
      strings.greeting,
      strings.suggestions.map((text) => ({ title: text, payload: text })),
    );
    this.#storage = new ChatStorage(chatUrl.href);
    this.#session = new ChatSession(chatUrl, this.#storage, this);
    this.#outbox = new Outbox(this.#storage, this.#session, (id, delivery, reason) =>
      this.#onDelivery(id, delivery, reason),
    );
    this.#impressions = new Impressions((reply, ids) => {
      tell("impressions", { ids });
      this.#report("seen", reply, ids);
    });
    this.#transcript = new Transcript(
      strings,
      {
        choose: (payload) => this.#choose(payload),
        show: (product, reply) => this.#showProduct(product, reply),
        preview: (id) => this.#files.preview(id),
        remove: (message) => void this.#files.remove(message),
      },
      (message) => this.#impressions.watch(message),
    );
    this.#files = new Files(chatUrl, this.#storage, strings, this.#transcript, {
      onTaken: (id, file) => this.#deliver(this.#outbox.send(id, "", file)),
      onFocusLost: () => this.#keepFocus(),
    });
    this.#composer = new Composer(strings, (text) => this.#say(text), this.#files.button);
    this.#sheet = new Sheet(strings);
    this.#menu = new Menu(strings, [
      { label: strings.talkToPerson, onChoose: () => this.#choose(strings.talkToPerson) },
      {
        label: strings.sound,
        checked: () => this.#storage.sound,
        onChoose: () => this.#toggleSound(),
      },
      { label: strings.delete, onChoose: () => this.#askToDelete() },
    ]);
    this.#panel = new Panel(
      strings,
      isPage,
      () => this.close(),
      this.#menu.root,
      this.#transcript.root,
      this.#composer.root,
      this.#notice,
      this.#sheet.root,
    );
    this.#files.listen(this.#panel.root);
    this.#bubble = new Bubble(strings, () => (this.#panel.isOpen ? this.close() : this.open()));
    this.#invitation = new Invitation(
      strings,
      () => this.open(),
      () => this.#dismiss(),
    );
    const beside = isPage ? [] : [this.#invitation.root, this.#bubble.root];
    this.elements = [this.#panel.root, ...beside];
  }

  /** Once the elements are in the page. Opens if asked to, or where this tab left it open. */
  start(open: boolean): void {
    for (const message of this.#outbox.resume()) this.#transcript.add(message);
    // On a phone an open chat would cover the page that a product's link has just led to.
    const reopen = this.#storage.open && !this.#panel.isPhone;
    if (open || this.#options.isPage || reopen) this.#show();
    // A closed chat that was open in this visit goes on listening, to count what comes.
    else if (this.#storage.used && this.#storage.token !== "") this.#session.open();
  }

  stop(): void {
    this.#invitation.hide();
    clearTimeout(this.#silence);
    this.#session.close();
  }

  open(): void {
    this.#show();
    // On a phone the focus in the text area would bring up the keyboard over half of the chat.
    if (this.#panel.isPhone) this.#panel.focus();
    else this.#composer.input.focus();
  }

  close(): void {
    if (this.#options.isPage || !this.#panel.isOpen) return;
    this.#sheet.close();
    this.#menu.close();
    this.#panel.close();
    this.#bubble.expanded = false;
    this.#storage.open = false;
    this.#bubble.root.focus();
    this.#options.tell("closed", {});
  }

  /** Opens the chat, and asks the question where it is not empty. */
  ask(question: string): void {
    this.open();
    if (question !== "") this.#say(question);
  }

  prefill(text: string): void {
    this.#composer.fill(text);
  }

  identify(token: string | null): void {
    this.#session.identify(token);
  }

  /** Invites to chat by this rule, once in a visit, and never beside an open chat. */
  invite(rule: Rule): void {
    this.#invitation.schedule(
      rule,
      () =>
        !this.#panel.isOpen &&
        !this.#storage.invited &&
        applies(rule, location.pathname, this.#cart),
    );
  }

  /** How many things the shop's own cart holds, for the rules of invitations. */
  set cart(count: number) {
    this.#cart = count;
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
    const unsent = [...this.#outbox.messages, ...this.#files.messages];
    this.#transcript.restore([...above, ...history, ...unsent]);
    this.#files.invite();
    for (const { id } of this.#outbox.messages) this.#showWaiting(id);
    this.#outbox.resendAccepted();
    this.#countUnread();
  }

  onReply(reply: Message): void {
    this.#listen();
    this.#transcript.typing = false;
    this.#transcript.add(reply);
    this.#files.invite();
    this.#countUnread();
    if (this.#storage.sound) this.#sound.play();
    this.#tellOf(reply);
  }

  onCustomer(message: Message): void {
    this.#transcript.add(message);
    this.#files.invite();
    this.#tellOf(message);
  }

  onTyping(on: boolean): void {
    this.#listen();
    this.#transcript.typing = on;
  }

  onTurn({ id, replies }: Turn): void {
    this.#transcript.typing = false;
    this.#outbox.settle(id);
    this.#listen();
    // Lost as above: the history has them.
    if (this.#transcript.repliesTo(id) < replies) this.#session.refresh();
  }

  onDeleted(): void {
    this.#outbox.clear();
    this.#files.clear();
    this.#transcript.typing = false;
    this.#transcript.clear();
    this.#transcript.restore([this.#welcome]);
    this.#files.invite();
    this.#countUnread();
    if (!this.#sheet.isOpen) return;
    this.#sheet.close();
    this.#panel.focus();
    this.#notice.textContent = this.#options.strings.deleted;
  }

  #show(): void {
    if (this.#panel.isOpen) return;
    this.#dismiss();
    this.#panel.open();
    this.#bubble.expanded = true;
    this.#storage.open = true;
    if (this.#transcript.empty && this.#storage.token === "") {
      this.#transcript.restore([this.#welcome]);
    }
    this.#transcript.scrollToEnd();
    this.#countUnread();
    // A page that nobody chats on costs the server no connection.
    this.#session.open();
    this.#options.tell("opened", {});
  }

  #choose(payload: string): void {
    this.#say(payload);
    this.#keepFocus();
  }

  /** What was chosen is gone, and the focus must not go with it. */
  #keepFocus(): void {
    if (this.#panel.isPhone) this.#transcript.log.focus();
    else this.#composer.input.focus();
  }

  #say(text: string): void {
    this.#deliver(this.#outbox.send(newMessageId(), text));
  }

  /** Shows a message that is on its way. */
  #deliver(message: Message): void {
    this.#transcript.add(message);
    this.#transcript.dropQuickReplies();
    this.#files.invite();
    this.#showWaiting(message.id);
    this.#transcript.scrollToEnd();
    this.#tellOf(message);
  }

  #showProduct(product: Product, reply: string): boolean {
    const { serviceUrl, strings, tell } = this.#options;
    const { id, title, url } = product;
    this.#report("clicked", reply, [id]);
    if (!tell("product-click", { id, title, url })) return true;
    if (serviceUrl === null) return false;
    const sheet = new ProductSheet(product, strings, (words) => {
      this.#sheet.close();
      this.#choose(words);
    });
    this.#sheet.open(title, sheet.root);
    fetchDetails(serviceUrl, id).then(
      (details) => (sheet.details = details),
      // The card's own facts, and the way to the product's page, are there already.
      () => undefined,
    );
    return true;
  }

  /** For the shop's learning, unless the customer's browser says that it should not. */
  #report(event: "seen" | "clicked", reply: string, products: string[]): void {
    if ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) return;
    this.#session.report(event, reply, products);
  }

  #toggleSound(): void {
    this.#storage.sound = !this.#storage.sound;
    if (this.#storage.sound) this.#sound.play();
  }

  #askToDelete(): void {
    const { strings } = this.#options;
    const close = (): void => this.#sheet.close();
    const erase = (): Promise<string> =>
      this.#session.delete().then(
        () => "",
        (error: Error) => error.message || strings.deleteFailed,
      );
    this.#sheet.open(strings.delete, deletion(strings, erase, close));
  }

  #dismiss(): void {
    this.#invitation.hide();
    this.#storage.invited = true;
  }

  #countUnread(): void {
    if (this.#panel.isOpen) this.#storage.seen = this.#transcript.lastReply;
    this.#bubble.unread = this.#transcript.repliesAfter(this.#storage.seen);
  }

  #tellOf({ role, id, text, author }: Message): void {
    this.#options.tell("message", { role, id, text, author });
  }

  #onDelivery(id: string, delivery: Delivery, reason: string): void {
    if (delivery === "failed") {
      this.#transcript.find(id)?.setFailed(reason, () => this.#outbox.retry(id));
    } else {
      this.#showWaiting(id);
      this.#listen();
    }
  }

  /** Waits for the next that is heard of the turns which are not over. */
  #listen(): void {
    clearTimeout(this.#silence);
    if (this.#outbox.messages.length === 0) return;
    this.#silence = setTimeout(() => this.#session.refresh(), LONGEST_SILENCE_MS);
  }

  /** A message on its way needs no words; one that waits for the chat to come back does. */
  #showWaiting(id: string): void {
    const waiting = !this.#online && this.#outbox.isWaiting(id);
    this.#transcript.find(id)?.setWaiting(waiting);
  }
}
