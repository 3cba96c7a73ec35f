// One possible Shanghai, month by month, on a canvas: a film that the server sends once.
import { csv, svg } from "lab-city/files.js";
import { districts, purse, unpack } from "lab-city/film.js";
import { at, largest, near } from "lab-city/find.js";
import { background, paint } from "lab-city/paint.js";
import { Stage } from "lab-city/stage.js";

const MONTHS_A_SECOND = 5;
const STEP = 1.5; // how much nearer a press brings
const DRAG = 4; // pixels from which on a press is a drag

export default {
  props: { source: String, model: Object },
  data() {
    return { failed: "", month: 0, last: 0, playing: false, ready: false, label: "", firms: 0, purse: "", rows: [], tip: null, layers: { knowledge: true, talents: true, programmes: true, funds: true } };
  },
  mounted() {
    this.stage = new Stage(this.$refs.canvas);
    this.at = 0;
    this.picked = null;
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.$refs.canvas);
    this.load();
  },
  beforeUnmount() {
    this.playing = false;
    this.watch.disconnect();
  },
  watch: {
    source() { this.load(); },
    model() { this.relabel(); this.redraw(); },
    layers: { deep: true, handler() { this.redraw(); } },
  },
  methods: {
    async load() {
      this.playing = false;
      if (!this.source) { this.ready = false; return; }
      const answer = await fetch(this.source);
      if (answer.status !== 200) return; // forgotten: the view was left
      this.stage.film = unpack(await answer.arrayBuffer());
      this.last = this.stage.film.last;
      this.at = Math.min(this.at, this.last);
      this.month = Math.round(this.at);
      this.ready = true;
      this.relabel();
      this.$nextTick(() => this.resize());
    },
    resize() {
      if (this.$refs.canvas && this.stage.fit()) this.redraw();
    },
    // What is to be drawn of the film.
    shown() {
      const { look, core, districts } = this.model, picked = this.picked;
      return {
        month: this.month, part: this.at - this.month, layers: this.layers, look, core, districts,
        mark: picked?.mark, district: picked?.kind === "district" ? Number(picked.id) : -1,
      };
    },
    // The background, too: the month, the place or what is picked has changed.
    redraw() {
      this.still = null;
      this.tip = null;
      this.draw();
    },
    draw() {
      if (!this.$refs.canvas || !this.stage.film || !this.$refs.canvas.width) return;
      const shown = this.shown();
      this.still ??= background(this.stage, shown);
      paint(this.stage, this.still, shown);
    },
    relabel() {
      const film = this.stage?.film, month = this.month;
      if (!film) return;
      this.label = film.months[month];
      this.firms = film.starts[month + 1] - film.starts[month];
      const { number, money } = purse(film, month);
      this.purse = this.model.words.funds.replace("{number}", number).replace("{money}", money.toLocaleString());
      this.rows = districts(film, month, this.model.districts);
    },
    go(month) {
      this.at = Math.max(0, Math.min(this.last, month));
      const whole = Math.floor(this.at);
      if (whole !== this.month) {
        this.month = whole;
        this.still = null;
        this.tip = null;
        this.relabel();
      }
      this.draw();
    },
    toggle() {
      this.playing = !this.playing;
      if (!this.playing) return;
      if (this.at >= this.last) this.at = 0;
      const began = performance.now();
      let before = null, frames = 0;
      const step = (now) => {
        if (!this.playing || !this.$refs.canvas) return;
        const passed = before === null ? 0 : Math.min((now - before) / 1000, 0.2);
        before = now;
        frames++;
        this.go(this.at + passed * MONTHS_A_SECOND);
        this.$refs.canvas.dataset.pace = ((1000 * frames) / Math.max(1, performance.now() - began)).toFixed(1);
        if (this.at >= this.last) this.playing = false;
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    },
    pick(event) {
      if (!this.stage.film || this.dragged) return;
      const found = at(this.stage, this.shown(), this.stage.where(event));
      if (found) this.choose(found);
    },
    choose(found) {
      this.picked = found;
      this.redraw();
      this.$emit("pick", { kind: found.kind, id: found.id });
    },
    named(firm) {
      const { tracks, years, codes } = this.stage.film, { firm_name } = this.model;
      const name = firm_name.replace("{track}", this.model.tracks[tracks[firm]]).replace("{year}", years[firm]).replace("{code}", codes[firm]);
      return name[0].toUpperCase() + name.slice(1);
    },
    // The name of the firm that the mouse is at; once a picture, however often it moves.
    point(event) {
      if (!this.stage.film || this.playing || event.buttons) return;
      const where = this.stage.where(event), { clientWidth } = this.$refs.canvas;
      cancelAnimationFrame(this.pointed);
      this.pointed = requestAnimationFrame(() => {
        if (!this.$refs.canvas) return;
        const found = near(this.stage, this.shown(), where), [x, y] = where.map((each) => each / this.stage.ratio);
        const side = x < clientWidth / 2 ? { left: `${x + 12}px` } : { right: `${clientWidth - x + 12}px` };
        this.tip = found?.kind === "firm" ? { name: this.named(found.number), place: { ...side, top: `${y + 12}px` } } : null;
      });
    },
    leave() {
      cancelAnimationFrame(this.pointed);
      this.tip = null;
    },
    zoom(factor, event) {
      if (!this.stage.film) return;
      const { width, height } = this.$refs.canvas;
      this.stage.approach(factor, event ? this.stage.where(event) : [width / 2, height / 2]);
      this.redraw();
    },
    core() {
      if (!this.stage.film) return;
      this.stage.turn(this.model.core.flatMap((core, i) => (core ? [i] : [])));
      this.redraw();
    },
    grab(event) {
      this.dragged = false;
      const { stage } = this;
      if (!stage.film || stage.zoom === 1) return;
      const from = [event.clientX, event.clientY], { x, y } = stage, size = stage.place().size / stage.ratio;
      const move = (to) => {
        if (Math.hypot(to.clientX - from[0], to.clientY - from[1]) > DRAG) this.dragged = true;
        stage.x = x - (to.clientX - from[0]) / size;
        stage.y = y - (to.clientY - from[1]) / size;
        this.redraw();
      };
      const end = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", end); };
      addEventListener("pointermove", move);
      addEventListener("pointerup", end);
    },
    key(event) {
      const acts = {
        "+": () => this.zoom(STEP), "=": () => this.zoom(STEP), "-": () => this.zoom(1 / STEP), " ": () => this.toggle(),
        ArrowRight: () => this.go(this.month + 1), ArrowLeft: () => this.go(this.month - 1),
        Enter: () => this.choose(largest(this.stage.film, this.month)),
      };
      if (!acts[event.key] || !this.stage.film) return;
      event.preventDefault();
      acts[event.key]();
    },
    async save(kind) {
      const name = `city-${this.label}.${kind}`;
      const made = {
        png: () => lab.png(this.$refs.canvas),
        csv: () => new Blob([csv(this.stage.film, this.month, this.model.cluster_ids)], { type: "text/csv" }),
        svg: () => new Blob([svg(this.stage, this.shown())], { type: "image/svg+xml" }),
      };
      const why = await lab.trying(async () => lab.hand(await made[kind](), name));
      this.failed = why && this.model.words.not_saved.replace("{name}", name).replace("{why}", why);
    },
  },
  template: `
  <div class="city" :data-ready="ready">
    <div class="stage">
      <canvas ref="canvas" tabindex="0" role="img" :aria-label="model.words.map + ' ' + label" @click="pick" @pointerdown="grab" @pointermove="point" @pointerleave="leave"
        @wheel.prevent="zoom($event.deltaY < 0 ? 1.2 : 1 / 1.2, $event)" @keydown="key"></canvas>
      <p v-if="!ready" class="wait" role="status">{{ model.words.wait }}</p>
      <p class="date" aria-hidden="true">{{ label }}</p>
      <p v-if="tip" class="tip" aria-hidden="true" :style="tip.place">{{ tip.name }}</p>
      <div class="zoomers">
        <button type="button" class="tool" :aria-label="model.words.nearer" @click="zoom(1.5)">+</button>
        <button type="button" class="tool" :aria-label="model.words.farther" @click="zoom(1 / 1.5)">−</button>
        <button type="button" class="tool" @click="core">{{ model.words.core }}</button>
      </div>
    </div>
    <div class="playing">
      <button type="button" class="main-tool" data-do="play" :disabled="!ready" @click="toggle">{{ playing ? model.words.pause : model.words.play }}</button>
      <input type="range" min="0" :max="last" step="1" :value="month" data-do="scrub" :aria-label="model.words.month" :aria-valuetext="label"
        @input="playing = false; go(Number($event.target.value))">
      <output>{{ label }} · {{ firms.toLocaleString() }} {{ model.words.firms }} · {{ purse }}</output>
    </div>
    <div class="legend">
      <span>{{ model.words.dot_size }}</span>
      <span v-for="(name, i) in model.clusters" :key="name"><i class="spot" :style="{ background: model.look.clusters[i] }"></i>{{ name }}</span>
      <label><input type="checkbox" v-model="layers.knowledge"><i class="square" :style="{ background: model.look.knowledge }"></i>{{ model.words.knowledge }}</label>
      <label><input type="checkbox" v-model="layers.talents"><i class="ring"></i>{{ model.words.homes }}</label>
      <label><input type="checkbox" v-model="layers.programmes"><i class="zone"></i>{{ model.words.zones }}</label>
      <label><input type="checkbox" v-model="layers.funds"><i class="diamond" :style="{ background: model.look.fund }"></i>{{ model.words.money }}</label>
      <span v-if="failed" class="failed" aria-live="assertive" data-do="save-failed">{{ failed }}</span>
      <span class="tools">{{ model.words.saved_as }}
        <button v-for="kind in ['png', 'svg', 'csv']" :key="kind" type="button" class="quiet" :data-do="'save-' + kind" :disabled="!ready" @click="save(kind)">{{ kind.toUpperCase() }}</button></span>
    </div>
    <table class="plain"><caption class="unseen">{{ model.words.table }} {{ label }}</caption>
      <thead><tr><th scope="col">{{ model.words.district }}</th><th scope="col">{{ model.words.firms }}</th><th scope="col">{{ model.words.talents }}</th>
        <th scope="col">{{ model.words.output }}</th><th scope="col">{{ model.words.open }}</th></tr></thead>
      <tbody><tr v-for="row in rows" :key="row.i"><th scope="row"><button type="button" class="link" @click="choose({ kind: 'district', id: String(row.i), mark: null })">{{ row.name }}</button></th>
        <td>{{ row.firms.toLocaleString() }}</td><td>{{ row.talents.toLocaleString() }}</td><td>{{ row.output.toLocaleString() }}</td><td>{{ row.open }}</td></tr></tbody>
    </table>
  </div>`,
};
