/** A price as the customer's language writes it: `$54.00`, `54,00 €`, `¥5,400`. */
export function formatPrice(price: number, currency: string, language?: string): string {
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency }).format(price);
  } catch {
    // The catalogue names no currency, or none that exists: the number alone is still true.
    return `${new Intl.NumberFormat(language).format(price)} ${currency}`.trim();
  }
}

/** The page's language; the browser's own where the page does not say. */
export function pageLanguage(): string | undefined {
  const language = document.documentElement.lang || navigator.language;
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}
