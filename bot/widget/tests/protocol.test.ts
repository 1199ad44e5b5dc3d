import { describe, expect, it } from "vitest";

import { readMessage, readReceipt, readSession } from "../src/protocol";

describe("readMessage", () => {
  it("reads what the channel sends", () => {
    const wire = {
      role: "assistant",
      id: "1.0",
      text: "Here you are.",
      time: "2026-01-01T00:00:00.000+00:00",
      products: [
        {
          id: "shoe",
          title: "Shoe",
          price: 54.5,
          currency: "USD",
          in_stock: false,
          url: "/products/shoe",
          image: "/pictures/shoe.svg",
          brand: "Northpeak",
          why: ["red"],
        },
      ],
      buttons: [{ title: "Red", payload: "in red" }, { title: "Blue" }],
    };
    const message = readMessage(wire);
    expect(message.products[0]).toMatchObject({ price: 54.5, inStock: false, why: ["red"] });
    expect(message.buttons).toEqual([
      { title: "Red", payload: "in red" },
      { title: "Blue", payload: "Blue" },
    ]);
  });

  it.each([null, undefined, 7, "text", [], { text: 7, products: {}, buttons: "no" }])(
    "makes an empty message of %j",
    (data) => {
      expect(readMessage(data)).toEqual({
        role: "assistant",
        id: "",
        text: "",
        author: "",
        products: [],
        buttons: [],
        constraints: [],
        table: null,
        timeline: [],
        attachment: null,
        upload: null,
      });
    },
  );

  it("takes nothing for a price but a number, and nothing for stock but yes or no", () => {
    const products = [{ price: "54", in_stock: 1 }, { price: Number.NaN, in_stock: "yes" }, null];
    for (const product of readMessage({ products }).products) {
      expect(product.price).toBeNull();
      expect(product.inStock).toBeNull();
    }
  });
});

it("takes a table only where every row has a value for each column", () => {
  const rows = [{ name: "Price", values: ["$1", "$2"] }, { name: "Odd", values: ["one"] }];
  expect(readMessage({ table: { columns: ["A", "B"], rows } }).table).toEqual({
    columns: ["A", "B"],
    rows: [rows[0]],
  });
  expect(readMessage({ table: { columns: [], rows } }).table).toBeNull();
});

it("takes a stage of an unknown state for one to come", () => {
  const timeline = [{ title: "Ordered", time: "January 5", state: "done" }, { state: "odd" }, 7];
  expect(readMessage({ timeline }).timeline).toEqual([
    { title: "Ordered", time: "January 5", state: "done" },
    { title: "", time: "", state: "ahead" },
    { title: "", time: "", state: "ahead" },
  ]);
});

it("reads a session without a history", () => {
  expect(readSession({ token: "t" })).toEqual({ token: "t", device: "", history: [] });
});

it("takes an acknowledgement that says nothing for a refusal", () => {
  expect(readReceipt(undefined)).toEqual({ ok: false, error: "" });
});
