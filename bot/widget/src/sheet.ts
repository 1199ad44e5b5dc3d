/** A layer over the conversation, inside the panel, for one thing at a time. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";

export class Sheet {
  readonly root: HTMLElement;
  readonly #heading = element("h3", { id: "sheet-title", tabindex: "-1" });
  readonly #content = element("div", { class: "sheet-content" });
  #from: HTMLElement | null = null;

  constructor(strings: Strings) {
    const back = element(
      "button",
      { type: "button", part: "back", class: "round back", "aria-label": strings.back },
      icon("M15 5l-7 7 7 7"),
    );
    back.addEventListener("click", () => this.close());
    this.root = element(
      "div",
      { part: "sheet", class: "sheet", role: "dialog", "aria-labelledby": "sheet-title", hidden: true },
      element("div", { class: "sheet-head" }, back, this.#heading),
      this.#content,
    );
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  open(title: string, content: HTMLElement): void {
    this.#from = (this.root.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    this.#heading.textContent = title;
    this.#content.replaceChildren(content);
    this.root.hidden = false;
    this.#setRestInert(true);
    this.root.scrollTop = 0;
    this.#heading.focus();
  }

  /** Gives the focus back to where it was. */
  close(): void {
    if (!this.isOpen) return;
    this.root.hidden = true;
    this.#setRestInert(false);
    this.#content.replaceChildren();
    this.#from?.focus();
  }

  #setRestInert(inert: boolean): void {
    for (const other of this.root.parentElement?.children ?? []) {
      if (other !== this.root) (other as HTMLElement).inert = inert;
    }
  }
}
