import { afterEach, describe, expect, it } from "vitest";

import { formatPrice, pageLanguage } from "../src/price";

describe("formatPrice", () => {
  it.each([
    [54, "USD", "en-US", "$54.00"],
    [1234.5, "USD", "en-US", "$1,234.50"],
    [54, "EUR", "de-DE", "54,00\u00a0€"],
    [5400, "JPY", "ja-JP", "￥5,400"],
    [0, "USD", "en-US", "$0.00"],
  ])("writes %d %s in %s", (price, currency, language, written) => {
    expect(formatPrice(price, currency, language)).toBe(written);
  });

  it.each(["", "dollars", "U$"])("keeps the number where the currency is %j", (currency) => {
    expect(formatPrice(54.5, currency, "en-US")).toBe(`54.5 ${currency}`.trim());
  });
});

describe("pageLanguage", () => {
  afterEach(() => document.documentElement.removeAttribute("lang"));

  it("is the page's", () => {
    document.documentElement.lang = "de-at";
    expect(pageLanguage()).toBe("de-AT");
  });

  it("is nothing where the page names no real language", () => {
    document.documentElement.lang = "not a language";
    expect(pageLanguage()).toBeUndefined();
  });
});
