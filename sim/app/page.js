// What the page does by itself: its address, the clipboard, saving charts. Nothing leaves the machine.
const steps = () => {
  try {
    return JSON.parse(sessionStorage.getItem("lab-steps"));
  } catch {
    return null;
  }
};
// While the connection is lost the server hears of nothing: what is chosen would be lost too.
// NiceGUI tells it by a box of its own, in English only, which the style sheet hides.
let held = null;
const away = (lost) => {
  // What is disabled loses the focus: whoever works with keys gets it back with the connection.
  if (lost) held = document.activeElement;
  document.body.classList.toggle("away", lost);
  document.querySelector("fieldset.lab").disabled = lost;
  document.getElementById("main").inert = lost;
  if (lost) return;
  held?.focus({ preventScroll: true });
  held = null;
};
addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("popup");
  const look = () => away(box.ariaHidden === "false");
  new MutationObserver(look).observe(box, { attributeFilter: ["aria-hidden"] });
});
// Ctrl-Z steps back, Ctrl-Y or Shift-Ctrl-Z forth; in a field that is typed in they are the browser's own.
const TYPED = "textarea, input:not([type=checkbox], [type=radio], [type=range])";
addEventListener("keydown", (event) => {
  const key = event.key?.toLowerCase(), forth = key === "y" || event.shiftKey;
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !"zy".includes(key) || event.target.matches?.(TYPED)) return;
  event.preventDefault();
  document.querySelector(`[data-do=${forth ? "redo" : "undo"}]`)?.click();
});
window.lab = {
  // What the server cannot know of a page: how wide it is, what its browser likes, what its tab remembered.
  remembered: steps(),
  about() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return { narrow: innerWidth < 736, dark, steps: this.remembered };
  },
  // The levers scroll below the heading, which is as high as what it says of the package.
  heading: new ResizeObserver(([{ target }]) => {
    document.documentElement.style.setProperty("--heading", target.offsetHeight + "px");
  }),
  address(query, steps) {
    history.replaceState(null, "", "?" + query);
    this.measure();
    try {
      sessionStorage.setItem("lab-steps", JSON.stringify(steps));
    } catch { /* no room, or not allowed: undo ends with the page */ }
  },
  measure() {
    this.heading.disconnect();
    const heading = document.querySelector(".lab header");
    // While the page is built anew there is none for a moment.
    if (heading) this.heading.observe(heading);
    else requestAnimationFrame(() => this.measure());
  },
  // On a phone the views' names do not all fit: the one that is shown does.
  tab() {
    document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  },
  async copy(done, words = location.href) {
    const area = document.createElement("textarea");
    area.value = words;
    document.body.append(area);
    area.select();
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      document.execCommand("copy");
    }
    area.remove();
    this.notice(done);
  },
  notice(words) {
    const note = Object.assign(document.createElement("div"), { className: "notice", textContent: words });
    note.setAttribute("role", "status");
    document.body.append(note);
    setTimeout(() => note.remove(), 2500);
  },
  // What went wrong when something was tried, in the browser's words; nothing if nothing did.
  async trying(act) {
    try {
      await act();
      return "";
    } catch (error) {
      return String(error);
    }
  },
  hand(blob, name) {
    if (!blob) throw new Error("the browser drew no picture");
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  },
  png(canvas) {
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  },
};
