/** Where the customer writes: a text area that grows, a counter near the limit, and Send. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";
import { MAX_LENGTH } from "./protocol";

/** The counter shows from this length on. */
const COUNTER_FROM = MAX_LENGTH * 0.9;

export class Composer {
  readonly root: HTMLFormElement;
  readonly input: HTMLTextAreaElement;
  readonly #counter = element("p", { id: "counter", class: "counter", role: "status" });
  readonly #send: HTMLButtonElement;
  readonly #strings: Strings;
  readonly #onSend: (text: string) => void;

  constructor(strings: Strings, onSend: (text: string) => void, ...beside: Node[]) {
    this.#strings = strings;
    this.#onSend = onSend;
    this.input = element("textarea", {
      part: "input",
      rows: "1",
      placeholder: strings.placeholder,
      "aria-label": strings.input,
      "aria-describedby": "counter",
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.#send = element(
      "button",
      { type: "submit", part: "send", class: "send", "aria-label": strings.send },
      icon("M4 12h15M13 6l6 6-6 6"),
    );
    this.root = element(
      "form",
      { class: "composer" },
      this.#counter,
      element("div", { class: "field" }, this.input, ...beside, this.#send),
    );
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.input.addEventListener("input", () => this.#update());
    this.input.addEventListener("keydown", (event) => {
      // Enter that picks a candidate of an input method must not send; 229 is Safari's way to say so.
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      this.#submit();
    });
    this.#update();
  }

  fill(text: string): void {
    this.input.value = text;
    this.#update();
  }

  #submit(): void {
    const text = this.input.value.trim();
    if (text === "" || lengthOf(text) > MAX_LENGTH) return;
    this.fill("");
    this.#onSend(text);
  }

  #update(): void {
    const text = this.input.value.trim();
    const length = lengthOf(text);
    const tooLong = length > MAX_LENGTH;
    const { counter, tooLong: complaint } = this.#strings;
    this.#counter.textContent = tooLong
      ? complaint(length, MAX_LENGTH)
      : length >= COUNTER_FROM
        ? counter(length, MAX_LENGTH)
        : "";
    this.root.classList.toggle("too-long", tooLong);
    this.input.setAttribute("aria-invalid", String(tooLong));
    this.#send.disabled = text === "" || tooLong;
    this.#grow();
  }

  /** As high as its text, up to what the style sheet allows. */
  #grow(): void {
    this.input.style.removeProperty("height");
    if (this.input.value === "") return;
    this.input.style.setProperty("height", `${this.input.scrollHeight}px`);
  }
}

/** In code points, as the channel counts. */
function lengthOf(text: string): number {
  return [...text].length;
}
