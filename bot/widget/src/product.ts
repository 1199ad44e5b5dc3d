/** A product with its variants, from the shop's service. */

import { list, number, record, text, yesOrNo } from "./wire";

export interface Variant {
  id: string;
  color: string;
  size: string;
  price: number | null;
  currency: string;
  inStock: boolean | null;
  url: string;
  image: string;
}

export interface Details {
  title: string;
  description: string;
  variants: Variant[];
}

/** @throws Error where the service cannot be reached, or knows no such product. */
export async function fetchDetails(serviceUrl: URL, id: string): Promise<Details> {
  const path = `${serviceUrl.href.replace(/\/+$/, "")}/v1/products/${encodeURIComponent(id)}`;
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return readDetails(await response.json());
}

export function readDetails(data: unknown): Details {
  const product = record(data);
  const pictures = list(product["images"]).map(text);
  return {
    title: text(product["title"]),
    description: text(product["description"]),
    variants: list(product["variants"]).map((variant) => readVariant(variant, pictures[0] ?? "")),
  };
}

function readVariant(data: unknown, picture: string): Variant {
  const variant = record(data);
  return {
    id: text(variant["id"]),
    color: text(variant["color"]),
    size: text(variant["size"]),
    price: number(variant["price"]),
    currency: text(variant["currency"]),
    inStock: yesOrNo(variant["in_stock"]),
    url: text(variant["url"]),
    image: text(variant["image"]) || picture,
  };
}

/** What a customer can choose between. */
export type Aspect = "color" | "size";

/** The variant that is nearest when a value is chosen: the other aspect stays where it can. */
export function withValue(
  variants: Variant[],
  now: Variant,
  aspect: Aspect,
  value: string,
): Variant | undefined {
  const other = aspect === "color" ? "size" : "color";
  const having = variants.filter((variant) => variant[aspect] === value);
  return having.find((variant) => variant[other] === now[other]) ?? having[0];
}

export function valuesOf(variants: Variant[], aspect: Aspect): string[] {
  return [...new Set(variants.map((variant) => variant[aspect]))].filter(Boolean);
}

/** Whether a size of the chosen colour is sold out, or a colour in all of its sizes. */
export function isOut(variants: Variant[], now: Variant, aspect: Aspect, value: string): boolean {
  const having = variants.filter(
    (variant) => variant[aspect] === value && (aspect === "color" || variant.color === now.color),
  );
  return having.length > 0 && having.every(({ inStock }) => inStock === false);
}
