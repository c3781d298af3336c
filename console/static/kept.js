// What a browser remembers. Browsers that forbid storing still work: they forget on leaving.

function keeper(open) {
  const memory = new Map();
  let storage = null;
  try {
    storage = open();
  } catch (blocked) {
    // Private windows of some browsers throw on the mere access.
  }
  return {
    read(name, otherwise) {
      try {
        const found = storage && storage.getItem(name);
        if (found !== null && found !== undefined) return JSON.parse(found);
      } catch (unreadable) {
        return otherwise;
      }
      return memory.has(name) ? memory.get(name) : otherwise;
    },
    write(name, value) {
      memory.set(name, value);
      try {
        storage && storage.setItem(name, JSON.stringify(value));
      } catch (full) {
        // The memory above has it.
      }
    },
  };
}

/** Stays in this browser. */
export const browser = keeper(() => window.localStorage);
/** Stays in this tab, through a reload, until it is closed. */
export const tab = keeper(() => window.sessionStorage);
