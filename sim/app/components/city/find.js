// Who is at a point of the map.
import { STARTED } from "lab-city/film.js";

const REACH = 9; // pixels from a mark within which it is meant
const EASIER = 2; // pixels by which a programme is favoured over the firms around it

export function at(stage, shown, [x, y]) {
  return near(stage, shown, [x, y]) ?? district(stage, x, y);
}

// A programme or a firm.
export function near(stage, shown, [x, y]) {
  const film = stage.film, place = stage.place(), { month } = shown;
  let best = REACH * stage.ratio, found = null;
  if (shown.layers.programmes) for (const each of film.programmes) {
    if (each.stages[month] < STARTED) continue;
    const [u, v] = stage.spot(place, each.cell), far = Math.hypot(u - x, v - y) - EASIER * stage.ratio;
    if (far < best) { best = far; found = { kind: "programme", id: each.identity, mark: [film.x[each.cell], film.y[each.cell]] }; }
  }
  for (let i = film.starts[month]; i < film.starts[month + 1]; i++) {
    const mark = markOf(film, i);
    const far = Math.hypot(place.x + mark[0] * place.size - x, place.y + mark[1] * place.size - y) - stage.radius(film.sizes[i]);
    if (far < best) { best = far; found = firm(film, i, mark); }
  }
  return found;
}

function district(stage, x, y) {
  const pen = stage.canvas.getContext("2d"), place = stage.place();
  const i = stage.film.paths.findIndex((path) => pen.isPointInPath(path, (x - place.x) / place.size, (y - place.y) / place.size));
  return i < 0 ? null : { kind: "district", id: String(i), mark: null };
}

export function largest(film, month) {
  let most = film.starts[month];
  for (let i = most; i < film.starts[month + 1]; i++) if (film.sizes[i] > film.sizes[most]) most = i;
  return firm(film, most, markOf(film, most));
}

function firm(film, i, mark) {
  return { kind: "firm", id: film.identities[film.firms[i]], number: film.firms[i], mark };
}

function markOf(film, i) {
  const number = film.firms[i], cell = film.cells[i];
  return [film.x[cell] + film.jitter[2 * number], film.y[cell] + film.jitter[2 * number + 1]];
}
