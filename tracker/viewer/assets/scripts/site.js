// Where the website is, and how scripts and data are loaded: as scripts, because a page on the disk may read
// nothing else. What has been asked for once is not asked for again.

const here = document.currentScript.src;
const loaded = new Map();

/** The address of the website's root, wherever it is: on the disk, below a path, or on a host of its own. */
export const root = new URL("../../", here).href;

/** Load a script of the website once; `address` is relative to its root. */
export function load(address) {
  if (!loaded.has(address))
    loaded.set(
      address,
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(address, root).href;
        script.onload = resolve;
        script.onerror = () => {
          loaded.delete(address); // whoever asks again may be luckier
          reject(new Error(address));
        };
        document.head.append(script);
      }),
    );
  return loaded.get(address);
}

const received = (globalThis.trackerData ??= {});

/** Load data of the website once; what it is called is what its script calls it. */
export async function data(name, address) {
  await load(address);
  return received[name];
}
