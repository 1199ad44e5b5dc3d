/** What travels between the widget and the web channel, checked as it arrives. */

import { list, number, record, text, yesOrNo } from "./wire";

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

/** One stage of an order's way. */
export interface Stage {
  title: string;
  /** When it was, or should be, in the shop's words. */
  time: string;
  state: "done" | "now" | "ahead";
}

/** A file that the customer has added; not at the server yet where its id is empty. */
export interface Attachment {
  id: string;
  name: string;
  mediaType: string;
}

/** An invitation to add files. */
export interface Upload {
  /** Of one. */
  maxBytes: number;
  /** What may be sent, by media type. */
  types: string[];
}

export interface Message {
  role: "customer" | "assistant";
  id: string;
  text: string;
  /** The person of the shop who wrote it; empty where the assistant or the customer did. */
  author: string;
  products: Product[];
  buttons: Button[];
  /** What is looked for; choosing one takes it away. */
  constraints: Button[];
  table: Table | null;
  timeline: Stage[];
  attachment: Attachment | null;
  /** Files may be added in answer to this, until the customer says something. */
  upload: Upload | null;
}

export interface Session {
  token: string;
  /** What proves again, at the next visit, that this is the same device. */
  device: string;
  history: Message[];
}

/** The channel's answer to a message: whether it has taken it. */
/** The end of a turn. */
export interface Turn {
  /** Of the customer's message. */
  id: string;
  /** How many the channel sent; none where a person has the conversation. */
  replies: number;
}

export interface Receipt {
  ok: boolean;
  /** What was wrong with it; empty when it was taken. */
  error: string;
}

/** Longest message that the channel takes, in characters. */
export const MAX_LENGTH = 1000;

/** A message that is words alone, and maybe suggested answers. */
export function plainMessage(
  role: Message["role"],
  id: string,
  words: string,
  buttons: Button[] = [],
): Message {
  return { ...readMessage({ role, id, text: words }), buttons };
}

/** A message that brings a file. */
export function fileMessage(id: string, attachment: Attachment): Message {
  return { ...plainMessage("customer", id, ""), attachment };
}

export function readSession(data: unknown): Session {
  const session = record(data);
  return {
    token: text(session["token"]),
    device: text(session["device"]),
    history: list(session["history"]).map(readMessage),
  };
}

export function readMessage(data: unknown): Message {
  const message = record(data);
  return {
    role: message["role"] === "customer" ? "customer" : "assistant",
    id: text(message["id"]),
    text: text(message["text"]),
    author: text(message["author"]),
    products: list(message["products"]).map(readProduct),
    buttons: list(message["buttons"]).map(readButton),
    constraints: list(message["constraints"]).map(readButton),
    table: readTable(message["table"]),
    timeline: list(message["timeline"]).map(readStage),
    attachment: message["attachment"] ? readAttachment(message["attachment"]) : null,
    upload: readUpload(message["upload"]),
  };
}

export function readTurn(data: unknown): Turn {
  const turn = record(data);
  return { id: text(turn["id"]), replies: Number(turn["replies"]) || 0 };
}

export function readReceipt(data: unknown): Receipt {
  const receipt = record(data);
  return { ok: receipt["ok"] === true, error: text(receipt["error"]) };
}

export function readTyping(data: unknown): boolean {
  return record(data)["on"] === true;
}

export function readAttachment(data: unknown): Attachment {
  const { id, name, media_type } = record(data);
  return { id: text(id), name: text(name), mediaType: text(media_type) };
}

function readUpload(data: unknown): Upload | null {
  const upload = record(data);
  const maxBytes = number(upload["max_bytes"]);
  return maxBytes === null ? null : { maxBytes, types: list(upload["types"]).map(text) };
}

function readProduct(data: unknown): Product {
  const product = record(data);
  return {
    id: text(product["id"]),
    title: text(product["title"]),
    brand: text(product["brand"]),
    price: number(product["price"]),
    currency: text(product["currency"]),
    inStock: yesOrNo(product["in_stock"]),
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

function readStage(data: unknown): Stage {
  const { title, time, state } = record(data);
  return {
    title: text(title),
    time: text(time),
    state: state === "done" || state === "now" ? state : "ahead",
  };
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
