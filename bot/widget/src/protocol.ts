/** What travels between the widget and the web channel, checked as it arrives. */

export interface Product {
  id: string;
  title: string;
  brand: string;
  price: number | null;
  currency: string;
  /** null where the shop does not say. */
  inStock: boolean | null;
  url: string;
  image: string;
  /** Why it is shown: "red", "$54.00, under $60". */
  why: string[];
}

export interface Button {
  title: string;
  /** What is sent in the customer's name: plain words. */
  payload: string;
}

/** One attribute of compared products, with a value for each; an empty one is not known. */
export interface Row {
  name: string;
  values: string[];
}

/** Products beside each other: a column each. */
export interface Table {
  columns: string[];
  rows: Row[];
}

export interface Message {
  role: "customer" | "assistant";
  id: string;
  text: string;
  products: Product[];
  buttons: Button[];
  /** What is looked for; choosing one takes it away. */
  constraints: Button[];
  table: Table | null;
}

export interface Session {
  token: string;
  history: Message[];
}

/** The channel's answer to a message: whether it has taken it. */
export interface Receipt {
  ok: boolean;
  /** What was wrong with it; empty when it was taken. */
  error: string;
}

/** Longest message that the channel takes, in characters. */
export const MAX_LENGTH = 1000;

export function readSession(data: unknown): Session {
  const session = record(data);
  return { token: text(session["token"]), history: list(session["history"]).map(readMessage) };
}

export function readMessage(data: unknown): Message {
  const message = record(data);
  return {
    role: message["role"] === "customer" ? "customer" : "assistant",
    id: text(message["id"]),
    text: text(message["text"]),
    products: list(message["products"]).map(readProduct),
    buttons: list(message["buttons"]).map(readButton),
    constraints: list(message["constraints"]).map(readButton),
    table: readTable(message["table"]),
  };
}

export function readId(data: unknown): string {
  return text(record(data)["id"]);
}

export function readReceipt(data: unknown): Receipt {
  const receipt = record(data);
  return { ok: receipt["ok"] === true, error: text(receipt["error"]) };
}

export function readTyping(data: unknown): boolean {
  return record(data)["on"] === true;
}

function readProduct(data: unknown): Product {
  const product = record(data);
  const { price, in_stock: inStock } = product;
  return {
    id: text(product["id"]),
    title: text(product["title"]),
    brand: text(product["brand"]),
    price: typeof price === "number" && Number.isFinite(price) ? price : null,
    currency: text(product["currency"]),
    inStock: typeof inStock === "boolean" ? inStock : null,
    url: text(product["url"]),
    image: text(product["image"]),
    why: list(product["why"]).map(text).filter(Boolean),
  };
}

function readButton(data: unknown): Button {
  const button = record(data);
  const title = text(button["title"]);
  return { title, payload: text(button["payload"]) || title };
}

function readTable(data: unknown): Table | null {
  const table = record(data);
  const columns = list(table["columns"]).map(text);
  const rows = list(table["rows"])
    .map(record)
    .map((row) => ({ name: text(row["name"]), values: list(row["values"]).map(text) }))
    .filter(({ values }) => values.length === columns.length);
  return columns.length > 0 && rows.length > 0 ? { columns, rows } : null;
}

function record(data: unknown): Record<string, unknown> {
  return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
}

function list(data: unknown): unknown[] {
  return Array.isArray(data) ? data : [];
}

function text(data: unknown): string {
  return typeof data === "string" ? data : "";
}
