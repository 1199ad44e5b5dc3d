import type { Strings } from "./strings";

const number = new Intl.NumberFormat("en");

export const english: Strings = {
  title: "Shopping assistant",
  open: "Open the shopping assistant",
  close: "Close the shopping assistant",
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  greeting:
    "Hi! I know everything on these shelves. Tell me what you are looking for, in your own words.",
  suggestions: [
    "I need running shoes under $100",
    "Gift ideas for the kitchen",
    "What is your return policy?",
    "Where is my order?",
  ],
  messages: "Conversation",
  input: "Your message",
  placeholder: "Ask for anything in the shop…",
  send: "Send",
  typing: "The assistant is typing",
  customerSaid: "You: ",
  assistantSaid: "Assistant: ",
  connecting: "Connecting…",
  offline: "I can’t reach the shop right now; your message will be sent when I’m back.",
  waiting: "Waiting to be sent",
  notSent: "Not sent.",
  retry: "Try again",
  newMessages: "New messages",
  tooLong: (length, limit) =>
    `${number.format(length)} of ${number.format(limit)} characters: please shorten your message.`,
  counter: (length, limit) => `${number.format(length)} of ${number.format(limit)} characters`,
  quickReplies: "Suggested answers",
  constraints: "What I am looking for; choose one to take it away",
  comparison: "Comparison of products",
  notKnown: "Not listed",
  products: "Products",
  previousProducts: "Previous products",
  nextProducts: "More products",
  noPrice: "Price not listed",
  inStock: "In stock",
  outOfStock: "Out of stock",
  unknownStock: "Stock not listed",
};
