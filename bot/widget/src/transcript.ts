/** The messages on screen: adds, keeps in step with the server's history, and scrolls with care. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";
import { MessageView } from "./message";
import type { Message } from "./protocol";

/** A reader this close to the end, in pixels, wants to see what comes next. */
const NEAR_END = 64;
const READING_MARGIN = 12;

export class Transcript {
  readonly root: HTMLElement;
  readonly log: HTMLElement;
  readonly #views = new Map<string, MessageView>();
  readonly #typing: HTMLElement;
  readonly #toEnd: HTMLButtonElement;
  readonly #strings: Strings;
  readonly #onChoose: (payload: string) => void;
  /** Whether the reader was at the end when the log was last scrolled. */
  #following = true;

  constructor(strings: Strings, onChoose: (payload: string) => void) {
    this.#strings = strings;
    this.#onChoose = onChoose;
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
      this.#following = this.#nearEnd();
      if (this.#following) this.#toEnd.hidden = true;
    });
    // A growing text area, or a phone's keyboard, must not cover what is being read at the end.
    new ResizeObserver(() => {
      if (this.#following) this.scrollToEnd();
    }).observe(this.log);
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

  get empty(): boolean {
    return this.#views.size === 0;
  }

  /**
   * Adds a message at the end, and scrolls to it where the reader is at the end. One whose id is
   * known already is left as it is.
   */
  add(message: Message): void {
    if (this.#views.has(message.id)) return;
    const follow = this.#nearEnd();
    if (message.role === "customer") this.#dropQuickReplies();
    const view = new MessageView(message, this.#strings, this.#onChoose);
    this.#views.set(message.id, view);
    this.#typing.before(view.root);
    if (!follow) {
      this.#toEnd.hidden = false;
    } else if (view.root.offsetHeight > this.log.clientHeight) {
      // A reply taller than the window is read from its beginning.
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
    const follow = this.#nearEnd();
    const wanted = new Set(messages.map(({ id }) => id));
    this.log.setAttribute("aria-live", "off");
    for (const [id, view] of this.#views) {
      if (!wanted.has(id)) view.root.remove();
    }
    const known = new Map(this.#views);
    this.#views.clear();
    let place = this.log.firstElementChild;
    for (const message of messages) {
      if (message.role === "customer") this.#dropQuickReplies();
      const view =
        known.get(message.id) ?? new MessageView(message, this.#strings, this.#onChoose);
      this.#views.set(message.id, view);
      if (view.root === place) place = place.nextElementSibling;
      else this.log.insertBefore(view.root, place);
    }
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
    if (follow) this.scrollToEnd();
  }

  set typing(on: boolean) {
    const follow = this.#nearEnd();
    this.#typing.hidden = !on;
    if (on && follow) this.scrollToEnd();
  }

  scrollToEnd(): void {
    this.log.scrollTop = this.log.scrollHeight;
    this.#toEnd.hidden = true;
  }

  #dropQuickReplies(): void {
    for (const view of this.#views.values()) view.dropQuickReplies();
  }

  #nearEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    return scrollHeight - scrollTop - clientHeight <= NEAR_END;
  }
}
