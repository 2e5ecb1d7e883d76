// One WebSocket of one person: sends actions, pairs answers with them by nonce, reconnects calmly.

const LONGEST_PAUSE = 5000;
const CLOSING = new Set(["done", "modal", "choices", "history", "people"]);

let nonce = 0;

export class Link {
  // `events` has onmessage(data), onopen() and onlost(); `person` is an id, or null for the first person.
  constructor(person, events) {
    this.person = person;
    this.events = events;
    this.waiting = new Map();
    this.pause = 500;
    this.closed = false;
    this.connect();
  }

  connect() {
    const query = this.person ? `?as=${encodeURIComponent(this.person)}` : "";
    const folder = location.pathname.replace(/[^/]*$/, "");
    this.ws = new WebSocket(
      `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${folder}ws${query}`,
    );
    this.ws.onmessage = (event) => this.receive(JSON.parse(event.data));
    this.ws.onopen = () => {
      this.pause = 500;
      this.events.onopen();
    };
    this.ws.onclose = () => this.lose();
  }

  lose() {
    for (const { reject } of this.waiting.values()) reject(new Error("The connection to the demo was lost."));
    this.waiting.clear();
    if (this.closed) return;
    this.events.onlost();
    this.retry = setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(this.pause * 1.6, LONGEST_PAUSE);
  }

  close() {
    this.closed = true;
    clearTimeout(this.retry);
    this.ws.close();
  }

  receive(data) {
    const waiter = this.waiting.get(data.nonce);
    if (waiter && data.t === "failed") waiter.reject(new Error(data.error));
    else if (waiter && CLOSING.has(data.t)) waiter.resolve(data);
    if (waiter) this.waiting.delete(data.nonce);
    this.events.onmessage(data);
  }

  // Resolves with the hub's answer to this action; rejects with a sentence a person can read.
  act(action) {
    nonce += 1;
    const id = nonce;
    if (this.ws.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Error("Not connected to the demo just now. Please try again in a moment."));
    }
    this.ws.send(JSON.stringify({ ...action, nonce: id }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }
}
