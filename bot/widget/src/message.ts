/** One message of the conversation as an element. */

import { cardRow } from "./card";
import { comparison } from "./comparison";
import { constraintTags } from "./constraints";
import { element } from "./dom";
import { linked } from "./link";
import type { Strings } from "./locale/strings";
import type { Message } from "./protocol";
import { quickReplies } from "./quick_replies";

export class MessageView {
  readonly root: HTMLElement;
  readonly message: Message;
  readonly #note = element("p", { class: "note" });
  readonly #strings: Strings;

  constructor(message: Message, strings: Strings, onChoose: (payload: string) => void) {
    this.message = message;
    this.#strings = strings;
    const fromCustomer = message.role === "customer";
    const speaker = fromCustomer ? strings.customerSaid : strings.assistantSaid;
    const words = fromCustomer ? [message.text] : linked(message.text);
    this.root = element("div", {
      part: `message ${message.role}`,
      class: `message ${message.role}`,
      "data-message-id": message.id,
    });
    if (message.text !== "") {
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
      this.root.append(constraintTags(message.constraints, strings, onChoose));
    }
    if (message.table !== null) this.root.append(comparison(message.table, strings));
    if (message.products.length > 0) this.root.append(cardRow(message.products, strings));
    if (message.buttons.length > 0) {
      this.root.append(quickReplies(message.buttons, strings, onChoose));
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
