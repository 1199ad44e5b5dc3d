/** A product as a card, and a row of cards that scrolls sideways. */

import { element, icon } from "./dom";
import { anchor, safeAddress } from "./link";
import type { Strings } from "./locale/strings";
import { formatPrice, pageLanguage } from "./price";
import type { Product } from "./protocol";

const ARROWS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

export function cardRow(products: Product[], strings: Strings): HTMLElement {
  const list = element("ul", { class: "cards", role: "list", "aria-label": strings.products });
  list.append(...products.map((product) => card(product, strings)));
  list.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (step === undefined) return;
    const links = [...list.querySelectorAll<HTMLElement>("[part=card] > a")];
    const root = list.getRootNode() as ShadowRoot | Document;
    const next = links[links.indexOf(root.activeElement as HTMLElement) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
  const row = element("div", { class: "card-row" }, list);
  if (products.length > 1) {
    row.append(
      scrollButton(list, -1, strings.previousProducts),
      scrollButton(list, 1, strings.nextProducts),
    );
  }
  return row;
}

function card(product: Product, strings: Strings): HTMLElement {
  const address = safeAddress(product.url);
  const face = address === null ? element("div") : anchor(address);
  face.classList.add("card-face");
  face.append(
    picture(product),
    element("span", { class: "brand" }, product.brand),
    element("span", { class: "title" }, product.title),
    element("span", { class: "price" }, price(product, strings)),
    stock(product, strings),
  );
  if (product.why.length > 0) {
    const reasons = product.why.map((reason) => element("li", {}, reason));
    face.append(element("ul", { class: "why", role: "list" }, ...reasons));
  }
  return element("li", { part: "card", class: "card", "data-product-id": product.id }, face);
}

function picture(product: Product): HTMLElement {
  // The title stands right below, so the picture itself says nothing new to a screen reader.
  const frame = element("span", { class: "picture", "aria-hidden": "true" });
  const initial = (): void => frame.replaceChildren([...product.title][0] ?? "");
  const address = safeAddress(product.image);
  if (address === null) {
    initial();
    return frame;
  }
  const image = element("img", { src: address, alt: "", loading: "lazy", decoding: "async" });
  image.addEventListener("error", initial, { once: true });
  frame.append(image);
  return frame;
}

function price(product: Product, strings: Strings): string {
  return product.price === null
    ? strings.noPrice
    : formatPrice(product.price, product.currency, pageLanguage());
}

function stock({ inStock }: Product, strings: Strings): HTMLElement {
  if (inStock === null) return element("span", { class: "stock" }, strings.unknownStock);
  return inStock
    ? element("span", { class: "stock in" }, strings.inStock)
    : element("span", { class: "stock out" }, strings.outOfStock);
}

/** For the mouse; keys and screen readers go from card to card, so they skip it. */
function scrollButton(list: HTMLElement, direction: 1 | -1, label: string): HTMLElement {
  const button = element(
    "button",
    {
      type: "button",
      class: `scroll ${direction > 0 ? "forward" : "back"}`,
      tabindex: "-1",
      "aria-hidden": "true",
      title: label,
    },
    icon(direction > 0 ? "M9 6l6 6-6 6" : "M15 6l-6 6 6 6"),
  );
  button.addEventListener("click", () => {
    list.scrollBy({ left: direction * list.clientWidth * 0.8 });
  });
  const update = (): void => {
    const left = list.scrollLeft;
    const atEnd = direction < 0 ? left <= 1 : left >= list.scrollWidth - list.clientWidth - 1;
    button.hidden = atEnd;
  };
  list.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(list);
  return button;
}
