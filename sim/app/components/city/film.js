// A film: what the server sends once, laid out for drawing.
export const SHRINK = Math.cos((31.2 * Math.PI) / 180); // a degree of longitude over one of latitude
export const KM = 1 / 111.2; // degrees of latitude in a kilometre
export const OPEN = 4; // stage of a programme that is at work
export const STARTED = 2; // stage from which on it is shown
export const FAINTEST = 8; // knowledge of a cell, of 255, from which on it is shown
const TYPES = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, float32: Float32Array };
const SPREAD = 0.9 * KM; // firms of a cell stand beside each other, within most of it

export function unpack(bytes) {
  const length = new DataView(bytes).getUint32(0, true);
  const film = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
  for (const each of film.arrays) film[each.name] = new TYPES[each.type](bytes, 4 + length + each.at, each.size);
  film.last = film.months.length - 1;
  const cells = film.places.length / 2;
  film.x = Float32Array.from({ length: cells }, (_, i) => film.places[2 * i] * SHRINK);
  film.y = Float32Array.from({ length: cells }, (_, i) => -film.places[2 * i + 1]);
  film.jitter = Float32Array.from({ length: 2 * film.identities.length }, (_, i) => SPREAD * noise(i));
  film.slot = new Int32Array(film.identities.length);
  film.paths = film.shapes.map(outline);
  const flat = film.shapes.flatMap((shape) => shape.rings.flat());
  const xs = flat.map(([lon]) => lon * SHRINK), ys = flat.map(([, lat]) => -lat);
  film.box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return film;
}

// Between -0.5 and 0.5, and the same for the same firm every time.
function noise(i) {
  const value = Math.sin(i * 12.9898 + 4.1414) * 43758.5453;
  return value - Math.floor(value) - 0.5;
}

function outline(shape) {
  const path = new Path2D();
  for (const ring of shape.rings) {
    ring.forEach(([lon, lat], i) => (i ? path.lineTo(lon * SHRINK, -lat) : path.moveTo(lon * SHRINK, -lat)));
    path.closePath();
  }
  return path;
}

// Numbers of a month: of the whole city's funds, and of every district.
export function purse(film, month) {
  const kinds = film.funds.length / film.months.length / 2, from = month * 2 * kinds;
  const sum = (start) => Math.round(film.funds.slice(start, start + kinds).reduce((all, value) => all + value, 0));
  return { number: sum(from), money: sum(from + kinds) };
}

export function districts(film, month, names) {
  const places = names.length, at = month * 3 * places;
  const rows = names.map((name, i) => ({
    i, name,
    firms: Math.round(film.districts[at + i]),
    output: Math.round(film.districts[at + places + i]),
    talents: Math.round(film.districts[at + 2 * places + i]),
    open: film.programmes.filter((each) => each.district === i && each.stages[month] === OPEN).length,
  }));
  return rows.sort((one, other) => other.firms - one.firms);
}
