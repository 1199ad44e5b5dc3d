/** Every word that the widget itself says; a language is one such table. */
export interface Strings {
  /** As `lang` has it. */
  language: string;
  title: string;
  open: string;
  close: string;
  unread(count: number): string;
  greeting: string;
  suggestions: string[];
  messages: string;
  input: string;
  placeholder: string;
  send: string;
  typing: string;
  attach: string;
  uploading(name: string): string;
  remove(name: string): string;
  removed(name: string): string;
  notRemoved: string;
  tooLargeFile(megabytes: number): string;
  wrongKind: string;
  connectionLost: string;
  customerSaid: string;
  assistantSaid: string;
  connecting: string;
  offline: string;
  waiting: string;
  notSent: string;
  retry: string;
  newMessages: string;
  tooLong(length: number, limit: number): string;
  counter(length: number, limit: number): string;
  quickReplies: string;
  constraints: string;
  comparison: string;
  notKnown: string;
  products: string;
  previousProducts: string;
  nextProducts: string;
  noPrice: string;
  inStock: string;
  outOfStock: string;
  unknownStock: string;
  timeline: string;
  stages: Record<"done" | "now" | "ahead", string>;
  menu: string;
  /** What the menu says, and what is said in the customer's name. */
  talkToPerson: string;
  sound: string;
  delete: string;
  deleteWhat: string;
  deleteYes: string;
  deleteFailed: string;
  deleted: string;
  keep: string;
  back: string;
  dismiss: string;
  color: string;
  size: string;
  add: string;
  /** What is said in the customer's name; colour and size may be empty. */
  addToCart(title: string, color: string, size: string): string;
  ask: string;
  askAbout(title: string): string;
  page: string;
}
