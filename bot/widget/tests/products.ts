import type { Product } from "../src/protocol";

/** A product in stock, with whatever a test wants otherwise. */
export function product(more: Partial<Product> = {}): Product {
  return {
    id: "shoe-red-9",
    title: "Trail shoe",
    brand: "Northpeak",
    price: 54,
    currency: "USD",
    inStock: true,
    url: "/products/shoe?variant=shoe-red-9",
    image: "/pictures/shoe.svg",
    why: ["red"],
    ...more,
  };
}
