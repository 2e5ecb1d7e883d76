// Small settings kept by the browser where it allows that, and for this page view where it does not.

const here = new Map();

export function recall(key) {
  try {
    return localStorage.getItem(`offramp ${key}`) ?? here.get(key) ?? null;
  } catch {
    return here.get(key) ?? null;
  }
}

export function remember(key, value) {
  here.set(key, value);
  try {
    localStorage.setItem(`offramp ${key}`, value);
  } catch {
    // A browser that refuses storage still has the value for as long as the page is open.
  }
}
