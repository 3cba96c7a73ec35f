// Where things stand on the canvas: the part of the map that is looked at, and sizes in pixels.
import { SHRINK } from "lab-city/film.js";

const MARGIN = 14;
const NEAREST = 12;
const NEAR = 5; // how near the core districts are looked at
const NAMED = 2; // nearness from which on core districts have room for names

export class Stage {
  constructor(canvas) {
    this.canvas = canvas;
    this.film = null;
    this.ratio = 1;
    this.whole();
  }

  whole() {
    this.zoom = 1;
    this.x = this.y = 0; // degrees from the middle of the map
  }

  // Returns whether there is a canvas to draw on.
  fit() {
    const canvas = this.canvas;
    if (!canvas.clientWidth) return false;
    this.ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = Math.round(canvas.clientWidth * this.ratio);
    canvas.height = Math.round(canvas.clientHeight * this.ratio);
    return true;
  }

  // Pixels in a degree, and where the origin of degrees is.
  place() {
    const [west, north, east, south] = this.film.box, { width, height } = this.canvas;
    const margin = 2 * MARGIN * this.ratio;
    const size = Math.min((width - margin) / (east - west), (height - margin) / (south - north)) * this.zoom;
    return { size, x: width / 2 - ((west + east) / 2 + this.x) * size, y: height / 2 - ((north + south) / 2 + this.y) * size };
  }

  spot(place, cell) {
    return [place.x + this.film.x[cell] * place.size, place.y + this.film.y[cell] * place.size];
  }

  // Where a district's name stands.
  middle(place, i) {
    const [lon, lat] = this.film.shapes[i].label;
    return [place.x + lon * SHRINK * place.size, place.y - lat * place.size];
  }

  radius(size) {
    const room = Math.min(1, Math.max(0.6, this.canvas.clientWidth / 700));
    return Math.min(7, 0.9 + size / 32) * room * this.ratio * Math.sqrt(Math.min(this.zoom, 4));
  }

  // Of the circle of those who live in a district.
  homes(month, i) {
    return 0.28 * Math.sqrt(this.film.homes[month * this.film.shapes.length + i]) * this.ratio;
  }

  // Half a diamond of a district's funds; nought if it has none.
  money(month, i) {
    const money = this.film.district_money[month * this.film.shapes.length + i];
    return money > 0 ? Math.min(14, 2 + 2.2 * Math.sqrt(money)) * this.ratio : 0;
  }

  named(core) {
    return !core || this.zoom > NAMED;
  }

  where(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * this.ratio, (event.clientY - box.top) * this.ratio];
  }

  // Come nearer, or go back; what is at a point stays there.
  approach(factor, [x, y]) {
    const before = this.place();
    this.zoom = Math.max(1, Math.min(NEAREST, this.zoom * factor));
    const after = this.place();
    this.x += (x - before.x) / before.size - (x - after.x) / after.size;
    this.y += (y - before.y) / before.size - (y - after.y) / after.size;
    if (this.zoom === 1) this.whole();
  }

  // Look at some districts, or at the whole map again.
  turn(numbers) {
    if (this.zoom > 1) return this.whole();
    const labels = numbers.map((i) => this.film.shapes[i].label), [west, north, east, south] = this.film.box;
    const mean = (part) => labels.reduce((sum, label) => sum + label[part], 0) / labels.length;
    this.zoom = NEAR;
    this.x = mean(0) * SHRINK - (west + east) / 2;
    this.y = -mean(1) - (north + south) / 2;
  }
}
