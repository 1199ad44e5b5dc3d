/** A product as a card. */

import { carousel } from "./carousel";
import { element } from "./dom";
import { anchor, safeAddress } from "./link";
import type { Strings } from "./locale/strings";
import { formatPrice, pageLanguage } from "./price";
import type { Product } from "./protocol";

/** Whether the product is shown by other means than its page. */
type OnShow = (product: Product) => boolean;

export function cardRow(
  products: Product[],
  strings: Strings,
  onShow: OnShow,
): HTMLElement {
  return carousel(
    products.map((product) => card(product, strings, onShow)),
    strings,
  );
}

function card(product: Product, strings: Strings, onShow: OnShow): HTMLElement {
  const address = safeAddress(product.url);
  const face = address === null ? element("button", { type: "button" }) : anchor(address);
  face.classList.add("card-face");
  face.addEventListener("click", (event) => {
    // With one of these keys the customer asks for a tab of its own.
    if ((event as MouseEvent).ctrlKey || (event as MouseEvent).metaKey) return;
    if ((event as MouseEvent).shiftKey || !onShow(product)) return;
    event.preventDefault();
  });
  face.append(
    picture(product),
    element("span", { class: "brand" }, product.brand),
    element("span", { class: "title" }, product.title),
    element("span", { class: "price" }, priceOf(product, strings)),
    stockOf(product.inStock, strings),
  );
  if (product.why.length > 0) {
    const reasons = product.why.map((reason) => element("span", {}, reason));
    face.append(element("span", { class: "why" }, ...reasons));
  }
  return element("li", { part: "card", class: "card", "data-product-id": product.id }, face);
}

export function picture({ title, image: url }: Pick<Product, "title" | "image">): HTMLElement {
  // The title stands right below, so the picture itself says nothing new to a screen reader.
  const frame = element("span", { class: "picture", "aria-hidden": "true" });
  const initial = (): void => frame.replaceChildren([...title][0] ?? "");
  const address = safeAddress(url);
  if (address === null) {
    initial();
    return frame;
  }
  const image = element("img", { src: address, alt: "", loading: "lazy", decoding: "async" });
  image.addEventListener("error", initial, { once: true });
  frame.append(image);
  return frame;
}

export function priceOf(
  { price, currency }: Pick<Product, "price" | "currency">,
  strings: Strings,
): string {
  return price === null ? strings.noPrice : formatPrice(price, currency, pageLanguage());
}

export function stockOf(inStock: boolean | null, strings: Strings): HTMLElement {
  if (inStock === null) return element("span", { class: "stock" }, strings.unknownStock);
  return inStock
    ? element("span", { class: "stock in" }, strings.inStock)
    : element("span", { class: "stock out" }, strings.outOfStock);
}
