// The map of a month as files.
import { FAINTEST, KM, OPEN, SHRINK, STARTED } from "lab-city/film.js";

export function csv(film, month, clusters) {
  const lines = ["firm,name,cluster,longitude,latitude,level"];
  for (let i = film.starts[month]; i < film.starts[month + 1]; i++) {
    const firm = film.firms[i], cell = film.cells[i];
    lines.push([film.identities[firm], `${film.years[firm]}-${film.codes[firm]}`, clusters[film.clusters[firm]], film.places[2 * cell], film.places[2 * cell + 1], film.levels[i]].join(","));
  }
  return lines.join("\n") + "\n";
}

export function svg(stage, shown) {
  const { width, height } = stage.canvas, place = stage.place();
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${shown.look.ground}"/>`,
    ...land(stage, place, shown),
    ...(shown.layers.knowledge ? knowledge(stage, place, shown) : []),
    ...firms(stage, place, shown),
    ...(shown.layers.talents ? talents(stage, place, shown) : []),
    ...(shown.layers.programmes ? programmes(stage, place, shown) : []),
    ...(shown.layers.funds ? funds(stage, place, shown) : []),
    ...names(stage, place, shown),
    "</svg>",
  ];
  return parts.join("");
}

const land = (stage, place, { look }) => stage.film.shapes.map((shape) => {
  const point = ([lon, lat]) => `${(place.x + lon * SHRINK * place.size).toFixed(1)} ${(place.y - lat * place.size).toFixed(1)}`;
  const rings = shape.rings.map((ring) => "M" + ring.map(point).join("L") + "Z").join("");
  return `<path d="${rings}" fill="${look.land}" stroke="${look.border}"/>`;
});

function knowledge(stage, place, { look, month }) {
  const film = stage.film, side = KM * place.size, size = side.toFixed(1), parts = [];
  for (let cell = 0; cell < film.x.length; cell++) {
    const shade = film.knowledge[month * film.x.length + cell], [x, y] = stage.spot(place, cell);
    if (shade < FAINTEST) continue;
    parts.push(`<rect x="${(x - side / 2).toFixed(1)}" y="${(y - side / 2).toFixed(1)}" width="${size}" height="${size}" fill="${look.knowledge}" fill-opacity="${((0.75 * shade) / 255).toFixed(2)}"/>`);
  }
  return parts;
}

function firms(stage, place, { look, month }) {
  const film = stage.film, parts = [];
  for (let i = film.starts[month]; i < film.starts[month + 1]; i++) {
    const firm = film.firms[i], [x, y] = stage.spot(place, film.cells[i]);
    const at = [x + film.jitter[2 * firm] * place.size, y + film.jitter[2 * firm + 1] * place.size].map((value) => value.toFixed(1));
    parts.push(`<circle cx="${at[0]}" cy="${at[1]}" r="${stage.radius(film.sizes[i]).toFixed(1)}" fill="${look.clusters[film.clusters[firm]]}" fill-opacity="0.75"/>`);
  }
  return parts;
}

const talents = (stage, place, { look, month }) => stage.film.shapes.map((_, i) => {
  const [x, y] = stage.middle(place, i);
  return `<circle cx="${x.toFixed(1)}" cy="${(y - 4 * stage.ratio).toFixed(1)}" r="${stage.homes(month, i).toFixed(1)}" fill="${look.talent}" stroke="${look.ink}"/>`;
});

const programmes = (stage, place, { look, month }) => stage.film.programmes.filter((each) => each.stages[month] >= STARTED).map((each) => {
  const [x, y] = stage.spot(place, each.cell), half = 4 * stage.ratio, open = each.stages[month] === OPEN;
  const style = `stroke="${look.ink}"${open ? "" : ' stroke-dasharray="2 2"'}`;
  return stage.film.kinds[each.kind] === "pilot_zone"
    ? `<path d="M${x - 1.9 * half} ${y - 1.9 * half}h${3.8 * half}v${3.8 * half}h${-3.8 * half}z" fill="none" stroke-width="${1.6 * stage.ratio}" ${style}/>`
    : `<path d="M${x} ${y - half}l${half} ${2 * half}h${-2 * half}z" fill="${open ? look.ink : look.land}" ${style}/>`;
});

const funds = (stage, place, { look, month }) => stage.film.shapes.map((_, i) => {
  const [x, label] = stage.middle(place, i), half = stage.money(month, i);
  const top = label + 16 * stage.ratio - half;
  return half ? `<path d="M${x} ${top}l${half} ${half}l${-half} ${half}l${-half} ${-half}z" fill="${look.fund}" stroke="${look.ground}"/>` : "";
});

const names = (stage, place, { look, districts, core }) => districts.map((name, i) => {
  const [x, y] = stage.middle(place, i);
  return stage.named(core[i])
    ? `<text x="${x}" y="${y}" font-family="sans-serif" font-weight="600" font-size="${11 * stage.ratio}" text-anchor="middle" fill="${look.ink}" stroke="${look.halo}" stroke-width="3" paint-order="stroke">${name}</text>`
    : "";
});
