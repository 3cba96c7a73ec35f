// The map on its canvas. `shown` says what: a moment of the film, in which colours, which layers.
import { FAINTEST, KM, OPEN, STARTED } from "lab-city/film.js";

// What stays the same within a month, to be drawn once: land, knowledge, borders.
export function background(stage, shown) {
  const still = document.createElement("canvas");
  still.width = stage.canvas.width;
  still.height = stage.canvas.height;
  const pen = still.getContext("2d"), place = stage.place(), film = stage.film, look = shown.look;
  const onDegrees = () => pen.setTransform(place.size, 0, 0, place.size, place.x, place.y);
  pen.fillStyle = look.ground;
  pen.fillRect(0, 0, still.width, still.height);
  onDegrees();
  pen.fillStyle = look.land;
  film.paths.forEach((path) => pen.fill(path));
  if (shown.layers.knowledge) {
    pen.setTransform(1, 0, 0, 1, 0, 0);
    knowledge(pen, place, film, shown);
    onDegrees();
  }
  film.paths.forEach((path, i) => {
    pen.strokeStyle = look.border;
    pen.lineWidth = (0.8 * stage.ratio) / place.size;
    pen.stroke(path);
    if (i !== shown.district) return;
    pen.strokeStyle = look.ink;
    pen.lineWidth = (2 * stage.ratio) / place.size;
    pen.stroke(path);
  });
  return still;
}

// Whole pixels, so that neighbours neither overlap nor leave a gap.
function knowledge(pen, place, film, shown) {
  const count = film.x.length, from = shown.month * count, half = KM / 2;
  const across = (degrees) => Math.round(place.x + degrees * place.size);
  const down = (degrees) => Math.round(place.y + degrees * place.size);
  pen.fillStyle = shown.look.knowledge;
  for (let cell = 0; cell < count; cell++) {
    const shade = film.knowledge[from + cell];
    if (shade < FAINTEST) continue;
    pen.globalAlpha = (0.75 * shade) / 255;
    const left = across(film.x[cell] - half), top = down(film.y[cell] - half);
    pen.fillRect(left, top, across(film.x[cell] + half) - left, down(film.y[cell] + half) - top);
  }
  pen.globalAlpha = 1;
}

export function paint(stage, still, shown) {
  const pen = stage.canvas.getContext("2d"), place = stage.place();
  pen.drawImage(still, 0, 0);
  firms(pen, place, stage, shown);
  if (shown.layers.talents) talents(pen, place, stage, shown);
  if (shown.layers.programmes) programmes(pen, place, stage, shown);
  if (shown.layers.funds) funds(pen, place, stage, shown);
  names(pen, place, stage, shown);
  if (!shown.mark) return;
  pen.strokeStyle = shown.look.ink;
  pen.lineWidth = 2 * stage.ratio;
  pen.beginPath();
  pen.arc(place.x + shown.mark[0] * place.size, place.y + shown.mark[1] * place.size, 10 * stage.ratio, 0, 2 * Math.PI);
  pen.stroke();
}

// Between two months a firm is on its way: it moves, grows out of nothing or shrinks away.
function firms(pen, place, stage, shown) {
  const film = stage.film, { month, part } = shown, next = Math.min(month + 1, film.last);
  film.slot.fill(-1);
  for (let i = film.starts[next]; i < film.starts[next + 1]; i++) film.slot[film.firms[i]] = i;
  const groups = shown.look.clusters.map(() => []);
  const put = (firm, x, y, size) => groups[film.clusters[firm]].push(x + film.jitter[2 * firm] * place.size, y + film.jitter[2 * firm + 1] * place.size, size);
  for (let i = film.starts[month]; i < film.starts[month + 1]; i++) {
    const firm = film.firms[i], later = film.slot[firm];
    let [x, y] = stage.spot(place, film.cells[i]);
    let size = stage.radius(film.sizes[i]);
    if (later < 0) size *= 1 - part;
    else {
      if (film.cells[later] !== film.cells[i]) {
        const [u, v] = stage.spot(place, film.cells[later]);
        x += (u - x) * part;
        y += (v - y) * part;
      }
      film.slot[firm] = -1;
    }
    put(firm, x, y, size);
  }
  if (next !== month) for (let i = film.starts[next]; i < film.starts[next + 1]; i++) {
    if (film.slot[film.firms[i]] < 0) continue;
    const [x, y] = stage.spot(place, film.cells[i]);
    put(film.firms[i], x, y, stage.radius(film.sizes[i]) * part);
  }
  pen.globalAlpha = 0.75;
  groups.forEach((list, cluster) => {
    pen.fillStyle = shown.look.clusters[cluster];
    pen.beginPath();
    for (let i = 0; i < list.length; i += 3) {
      pen.moveTo(list[i] + list[i + 2], list[i + 1]);
      pen.arc(list[i], list[i + 1], list[i + 2], 0, 2 * Math.PI);
    }
    pen.fill();
  });
  pen.globalAlpha = 1;
}

function talents(pen, place, stage, shown) {
  pen.fillStyle = shown.look.talent;
  pen.strokeStyle = shown.look.ink;
  pen.lineWidth = 1.2 * stage.ratio;
  stage.film.shapes.forEach((_, i) => {
    const [x, y] = stage.middle(place, i);
    pen.beginPath();
    pen.arc(x, y - 4 * stage.ratio, stage.homes(shown.month, i), 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  });
}

function programmes(pen, place, stage, shown) {
  const film = stage.film, look = shown.look, dash = 2 * stage.ratio;
  for (const each of film.programmes) {
    const phase = each.stages[shown.month];
    if (phase < STARTED) continue;
    const [x, y] = stage.spot(place, each.cell), zone = film.kinds[each.kind] === "pilot_zone";
    const half = 4 * stage.ratio * (zone ? 1.9 : 1);
    pen.lineWidth = (zone ? 1.6 : 1) * stage.ratio;
    pen.strokeStyle = look.ink;
    pen.fillStyle = phase === OPEN ? look.ink : look.land;
    pen.setLineDash(phase === OPEN ? [] : [dash, dash]);
    pen.beginPath();
    if (zone) pen.rect(x - half, y - half, 2 * half, 2 * half);
    else { pen.moveTo(x, y - half); pen.lineTo(x + half, y + half); pen.lineTo(x - half, y + half); pen.closePath(); }
    if (!zone) pen.fill();
    pen.stroke();
  }
  pen.setLineDash([]);
}

function funds(pen, place, stage, shown) {
  pen.fillStyle = shown.look.fund;
  pen.strokeStyle = shown.look.ground;
  pen.lineWidth = stage.ratio;
  stage.film.shapes.forEach((_, i) => {
    const half = stage.money(shown.month, i);
    if (!half) return;
    const [x, label] = stage.middle(place, i), y = label + 16 * stage.ratio;
    pen.beginPath();
    pen.moveTo(x, y - half); pen.lineTo(x + half, y); pen.lineTo(x, y + half); pen.lineTo(x - half, y); pen.closePath();
    pen.fill();
    pen.stroke();
  });
}

function names(pen, place, stage, shown) {
  pen.font = `600 ${11 * stage.ratio}px "Lab CJK", system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.lineWidth = 3 * stage.ratio;
  pen.lineJoin = "round";
  pen.strokeStyle = shown.look.halo;
  pen.fillStyle = shown.look.ink;
  shown.districts.forEach((name, i) => {
    if (!stage.named(shown.core[i])) return;
    const [x, y] = stage.middle(place, i);
    pen.strokeText(name, x, y);
    pen.fillText(name, x, y);
  });
}
