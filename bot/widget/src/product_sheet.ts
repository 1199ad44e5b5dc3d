/** One product in full: its picture, what it costs, its variants, and a way into the cart. */

import { picture, priceOf, stockOf } from "./card";
import { element } from "./dom";
import { anchor, safeAddress } from "./link";
import type { Strings } from "./locale/strings";
import { isOut, valuesOf, withValue, type Aspect, type Details, type Variant } from "./product";
import type { Product } from "./protocol";

export class ProductSheet {
  readonly root = element("div", { class: "product" });
  readonly #facts = element("div", { class: "facts", role: "status" });
  readonly #picture = element("div", { class: "big-picture" });
  readonly #choices = element("div", { class: "choices" });
  readonly #description = element("p", { class: "description", dir: "auto" });
  readonly #page = element("p", { class: "product-page" });
  readonly #actions = element("div", { class: "actions" });
  readonly #product: Product;
  readonly #strings: Strings;
  readonly #onSay: (words: string) => void;
  #variants: Variant[] = [];
  #chosen: Variant;

  /** Shows what the card knows, until the details are there. */
  constructor(product: Product, strings: Strings, onSay: (words: string) => void) {
    this.#product = product;
    this.#strings = strings;
    this.#onSay = onSay;
    this.#chosen = { ...product, color: "", size: "" };
    this.root.append(
      this.#picture,
      element("span", { class: "brand" }, product.brand),
      this.#facts,
      this.#choices,
      this.#description,
      this.#page,
      this.#actions,
    );
    this.#update();
  }

  set details({ description, variants }: Details) {
    this.#variants = variants;
    this.#description.textContent = description;
    this.#chosen = variants.find(({ id }) => id === this.#product.id) ?? this.#chosen;
    this.#choices.replaceChildren(
      ...this.#choice("color", this.#strings.color),
      ...this.#choice("size", this.#strings.size),
    );
    this.#update();
  }

  #choice(aspect: Aspect, name: string): HTMLElement[] {
    const values = valuesOf(this.#variants, aspect);
    if (values.length < 2) return [];
    const options = values.map((value) => {
      const input = element("input", { type: "radio", name: aspect, value });
      input.checked = value === this.#chosen[aspect];
      input.addEventListener("change", () => this.#choose(aspect, value));
      return element("label", {}, input, element("span", {}, value));
    });
    return [element("fieldset", {}, element("legend", {}, name), ...options)];
  }

  #choose(aspect: Aspect, value: string): void {
    const chosen = withValue(this.#variants, this.#chosen, aspect, value);
    if (chosen === undefined) return;
    this.#chosen = chosen;
    for (const input of this.#choices.querySelectorAll("input")) {
      input.checked = chosen[input.name as Aspect] === input.value;
    }
    this.#update();
  }

  #update(): void {
    const { title } = this.#product;
    const { color, size, inStock, url, image } = this.#chosen;
    const { addToCart, add, ask, askAbout, page } = this.#strings;
    this.#picture.replaceChildren(picture({ title, image }));
    this.#facts.replaceChildren(
      element("span", { class: "price" }, priceOf(this.#chosen, this.#strings)),
      stockOf(inStock, this.#strings),
    );
    for (const input of this.#choices.querySelectorAll("input")) {
      const out = isOut(this.#variants, this.#chosen, input.name as Aspect, input.value);
      input.parentElement?.classList.toggle("out", out);
    }
    const buttons: HTMLElement[] = [];
    if (inStock !== false) buttons.push(this.#button(add, "main", addToCart(title, color, size)));
    buttons.push(this.#button(ask, "main plain", askAbout(title)));
    const address = safeAddress(url || this.#product.url);
    this.#page.replaceChildren(...(address === null ? [] : [anchor(address, page)]));
    this.#actions.replaceChildren(...buttons);
  }

  #button(label: string, look: string, words: string): HTMLButtonElement {
    const part = look === "main" ? "add-to-cart" : "ask";
    const button = element("button", { type: "button", part, class: look }, label);
    button.addEventListener("click", () => this.#onSay(words));
    return button;
  }
}
