/** One message of the conversation as an element. */

import type { Actions } from "./actions";
import { AttachmentView } from "./attachment_view";
import { cardRow } from "./card";
import { comparison } from "./comparison";
import { constraintTags } from "./constraints";
import { element } from "./dom";
import { linked } from "./link";
import type { Strings } from "./locale/strings";
import type { Message } from "./protocol";
import { quickReplies } from "./quick_replies";
import { timeline } from "./timeline";

export class MessageView {
  readonly root: HTMLElement;
  readonly message: Message;
  /** Of the file that it brings. */
  readonly file: AttachmentView | undefined;
  readonly #note = element("p", { class: "note" });
  readonly #strings: Strings;

  constructor(message: Message, strings: Strings, actions: Actions) {
    const { choose, show } = actions;
    this.message = message;
    this.#strings = strings;
    const fromCustomer = message.role === "customer";
    const speaker = fromCustomer
      ? strings.customerSaid
      : message.author === ""
        ? strings.assistantSaid
        : `${message.author}: `;
    const words = fromCustomer ? [message.text] : linked(message.text);
    this.root = element("div", {
      part: `message ${message.role}`,
      class: `message ${message.role}`,
      "data-message-id": message.id,
    });
    if (message.author !== "") {
      // The name is said before the text already.
      this.root.append(
        element("p", { part: "author", class: "author", "aria-hidden": "true" }, message.author),
      );
    }
    if (message.attachment !== null) {
      this.file = new AttachmentView(message.attachment, strings, {
        preview: (id) => actions.preview(id),
        remove: () => actions.remove(message.id),
      });
      this.root.append(this.file.root);
    } else if (message.text !== "") {
      this.root.append(
        element(
          "p",
          { class: "text", dir: "auto" },
          element("span", { class: "visually-hidden" }, speaker),
          ...words,
        ),
      );
    }
    if (message.constraints.length > 0) {
      this.root.append(constraintTags(message.constraints, strings, choose));
    }
    if (message.timeline.length > 0) this.root.append(timeline(message.timeline, strings));
    if (message.table !== null) this.root.append(comparison(message.table, strings));
    if (message.products.length > 0) {
      this.root.append(cardRow(message.products, strings, (product) => show(product, message.id)));
    }
    if (message.buttons.length > 0) {
      this.root.append(quickReplies(message.buttons, strings, choose));
    }
  }

  /** Says that the message waits for the chat to come back; with false, that it is on its way. */
  setWaiting(waiting: boolean): void {
    this.#setNote(waiting ? [this.#strings.waiting] : []);
  }

  /** Says that it was not sent, and why; without a reason of the channel's, trying again may help. */
  setFailed(reason: string, onRetry: () => void): void {
    const retry = element("button", { type: "button", class: "retry" }, this.#strings.retry);
    retry.addEventListener("click", onRetry);
    this.#setNote(reason === "" ? [this.#strings.notSent, " ", retry] : [reason]);
  }

  /** Whether it brings a file that the server does not have yet. */
  get isPending(): boolean {
    return this.file?.id === "";
  }

  /** How much of its file is sent, from 0 to 1. */
  setProgress(share: number): void {
    if (this.file) this.file.progress = share;
    this.#setNote([]);
  }

  /** Says that its file could not be taken back. */
  setRemovalFailed(): void {
    this.#setNote([this.#strings.notRemoved]);
  }

  /** Says why its file was not taken. */
  setFileFailed(reason: string, onRetry: (() => void) | undefined): void {
    this.file?.failed();
    if (onRetry === undefined) return this.#setNote([reason]);
    const retry = element("button", { type: "button", class: "retry" }, this.#strings.retry);
    retry.addEventListener("click", onRetry);
    this.#setNote([reason, " ", retry]);
  }

  /** Suggested answers, and tags of what is looked for, serve until the customer says more. */
  dropQuickReplies(): void {
    this.root.querySelector(".quick-replies")?.remove();
    this.root.querySelector(".constraints")?.remove();
  }

  #setNote(content: (Node | string)[]): void {
    this.#note.remove();
    if (content.length === 0) return;
    this.#note.replaceChildren(...content);
    this.root.append(this.#note);
  }
}
