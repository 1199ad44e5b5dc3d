/** The messages on screen: adds, keeps in step with the server's history, and scrolls with care. */

import type { Actions } from "./actions";
import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";
import { MessageView } from "./message";
import type { Message, Upload } from "./protocol";

/** A reader this close to the end, in pixels, wants to see what comes next. */
const NEAR_END = 64;
const READING_MARGIN = 12;
/** The id of the greeting, which the server knows nothing of. */
export const WELCOME = "welcome";

export class Transcript {
  readonly root: HTMLElement;
  readonly log: HTMLElement;
  readonly #views = new Map<string, MessageView>();
  readonly #typing: HTMLElement;
  readonly #toEnd: HTMLButtonElement;
  readonly #strings: Strings;
  readonly #actions: Actions;
  readonly #onShown: (message: HTMLElement) => void;
  /** Whether the reader wants to see what comes next: was at the end, and has not left it. */
  #following = true;
  /** In pixels, when the log was last scrolled. */
  #scrolledTo = 0;
  /**
   * A growing text area, a phone's keyboard, or a picture that has come must not cover what is
   * being read at the end.
   */
  readonly #sizes = new ResizeObserver(() => {
    if (this.#following) this.scrollToEnd();
  });

  /** @param onShown is given each message that comes on screen. */
  constructor(strings: Strings, actions: Actions, onShown: (message: HTMLElement) => void) {
    this.#strings = strings;
    this.#actions = actions;
    this.#onShown = onShown;
    this.log = element("div", {
      part: "messages",
      class: "messages",
      role: "log",
      "aria-live": "polite",
      "aria-label": strings.messages,
      tabindex: "0",
    });
    this.#typing = element(
      "div",
      { part: "typing", class: "typing", hidden: true },
      element("span", { class: "visually-hidden" }, strings.typing),
      ...["", "", ""].map(() => element("i", { "aria-hidden": "true" })),
    );
    this.log.append(this.#typing);
    this.#toEnd = element(
      "button",
      { type: "button", class: "to-end", hidden: true },
      icon("M12 5v14M6 13l6 6 6-6"),
      strings.newMessages,
    );
    this.#toEnd.addEventListener("click", () => {
      this.scrollToEnd();
      this.log.focus();
    });
    this.log.addEventListener("scroll", () => {
      const { scrollTop } = this.log;
      // A reader scrolls up; a picture that has come only makes the way to the end longer.
      if (this.#nearEnd()) this.#following = true;
      else if (scrollTop < this.#scrolledTo) this.#following = false;
      this.#scrolledTo = scrollTop;
      if (this.#following) this.#toEnd.hidden = true;
    });
    this.#sizes.observe(this.log);
    this.root = element("div", { class: "transcript" }, this.log, this.#toEnd);
  }

  find(id: string): MessageView | undefined {
    return this.#views.get(id);
  }

  /** What is shown above the message of this id; nothing where that is not shown. */
  messagesBefore(id: string): Message[] {
    const shown = [...this.#views.values()].map(({ message }) => message);
    return shown.slice(0, Math.max(0, shown.findIndex((message) => message.id === id)));
  }

  /** The replies after the one of this id; all of them where that is not shown. */
  repliesAfter(id: string): number {
    return this.#replies.length - 1 - this.#replies.indexOf(id);
  }

  /** How many replies to the message of this id are shown. */
  repliesTo(id: string): number {
    return [...this.#views.keys()].filter((shown) => shown.startsWith(`${id}.`)).length;
  }

  /** The id of the last reply; empty where there is none. */
  get lastReply(): string {
    return this.#replies.at(-1) ?? "";
  }

  get empty(): boolean {
    return this.#views.size === 0;
  }

  /**
   * Adds a message at the end, and scrolls to it where the reader is at the end. One whose id is
   * known already is left as it is.
   */
  add(message: Message): void {
    if (this.#views.has(message.id)) return;
    const follow = this.#following || this.#nearEnd();
    if (message.role === "customer" && message.attachment?.id !== "") this.dropQuickReplies();
    const view = this.#make(message);
    this.#views.set(message.id, view);
    this.#typing.before(view.root);
    if (!follow) {
      this.#toEnd.hidden = false;
    } else if (view.root.offsetHeight > this.log.clientHeight) {
      // A reply taller than the window is read from its beginning.
      this.#following = false;
      this.log.scrollTop = view.root.offsetTop - READING_MARGIN;
    } else {
      this.scrollToEnd();
    }
  }

  /**
   * Makes the screen show exactly these messages, without announcing all of them again. What is
   * shown already keeps its element, and so the focus within it.
   */
  restore(messages: Message[]): void {
    const follow = this.#following || this.#nearEnd();
    const wanted = new Set(messages.map(({ id }) => id));
    this.log.setAttribute("aria-live", "off");
    for (const [id, view] of this.#views) {
      if (!wanted.has(id)) view.root.remove();
    }
    const known = new Map(this.#views);
    this.#views.clear();
    let place = this.log.firstElementChild;
    for (const message of messages) {
      if (message.role === "customer" && message.attachment?.id !== "") this.dropQuickReplies();
      const view = known.get(message.id) ?? this.#make(message);
      this.#views.set(message.id, view);
      if (view.root === place) place = place.nextElementSibling;
      else this.log.insertBefore(view.root, place);
    }
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
    if (follow) this.scrollToEnd();
  }

  /** Suggested answers, and an invitation to add files, serve until the customer says more. */
  dropQuickReplies(): void {
    for (const view of this.#views.values()) view.dropQuickReplies();
  }

  /** What invites to add files; null where nothing does, or the customer has answered. */
  get invitation(): Upload | null {
    const said = [...this.#views.values()].filter(({ isPending }) => !isPending);
    return said.at(-1)?.message.upload ?? null;
  }

  /** Whether what was added may be taken back. */
  set inviting(on: boolean) {
    this.log.classList.toggle("inviting", on);
  }

  /** Takes a message off the screen. */
  remove(id: string): void {
    this.#views.get(id)?.root.remove();
    this.#views.delete(id);
  }

  /** Takes everything off the screen. */
  clear(): void {
    for (const view of this.#views.values()) view.root.remove();
    this.#views.clear();
  }

  set typing(on: boolean) {
    const follow = this.#following || this.#nearEnd();
    this.#typing.hidden = !on;
    if (on && follow) this.scrollToEnd();
  }

  scrollToEnd(): void {
    this.#following = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.#toEnd.hidden = true;
  }

  /** Their ids; the greeting, which is the widget's own, is none. */
  get #replies(): string[] {
    return [...this.#views.values()]
      .filter(({ message }) => message.role === "assistant" && message.id !== WELCOME)
      .map(({ message }) => message.id);
  }

  #make(message: Message): MessageView {
    const view = new MessageView(message, this.#strings, this.#actions);
    this.#sizes.observe(view.root);
    this.#onShown(view.root);
    return view;
  }

  #nearEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    return scrollHeight - scrollTop - clientHeight <= NEAR_END;
  }
}
