/** A word from the shop beside the bubble, when a rule of the shop's says so. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";

export interface Rule {
  text: string;
  /** Of the page's address; `*` stands for anything. */
  path?: string;
  /** How long the customer has been on the page. */
  seconds?: number;
  /** Least number of things in the cart. */
  cart?: number;
}

/** Whether a rule is meant for this page and this cart. */
export function applies(rule: Rule, path: string, cart: number): boolean {
  const parts = (rule.path ?? "*").split("*").map((part) => part.replace(/[^\w/-]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(path) && cart >= (rule.cart ?? 0);
}

export class Invitation {
  readonly root = element("div", { class: "invitation", part: "invitation", hidden: true });
  readonly #words = element("p", { role: "status" });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(strings: Strings, onOpen: () => void, onDismiss: () => void) {
    const open = element("button", { type: "button", class: "invitation-text" }, this.#words);
    const dismiss = element(
      "button",
      { type: "button", class: "round", "aria-label": strings.dismiss },
      icon("M7 7l10 10M17 7L7 17"),
    );
    open.addEventListener("click", onOpen);
    dismiss.addEventListener("click", onDismiss);
    this.root.append(open, dismiss);
  }

  /** @param isWelcome asked when the time has come: an open chat, say, needs no invitation. */
  schedule(rule: Rule, isWelcome: () => boolean): void {
    this.hide();
    this.#timer = setTimeout(
      () => {
        if (!isWelcome()) return;
        this.root.hidden = false;
        this.#words.textContent = rule.text;
      },
      (rule.seconds ?? 0) * 1000,
    );
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.root.hidden = true;
  }
}
