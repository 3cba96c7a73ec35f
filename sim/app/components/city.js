// One possible Shanghai, month by month, on a canvas: a film that the server sends once.
const TYPES = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, float32: Float32Array };
const SHRINK = Math.cos((31.2 * Math.PI) / 180);
const MONTHS_A_SECOND = 5;
const OPEN = 4;
const KM = 1 / 111.2;

export default {
  props: { source: String, model: Object },
  data() {
    return { month: 0, last: 0, playing: false, ready: false, label: "", firms: 0, purse: "", rows: [], layers: { knowledge: true, talents: true, programmes: true, funds: true }, hint: "", picked: null };
  },
  mounted() {
    this.view = { zoom: 1, x: 0, y: 0 };
    this.at = 0;
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
    model() { this.relabel(); this.still = null; this.draw(); },
    layers: { deep: true, handler() { this.still = null; this.draw(); } },
  },
  methods: {
    async load() {
      this.playing = false;
      if (!this.source) { this.ready = false; return; }
      const answer = await fetch(this.source);
      if (!answer.ok) return;
      const bytes = await answer.arrayBuffer();
      const length = new DataView(bytes).getUint32(0, true);
      const said = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
      const film = { ...said };
      for (const each of said.arrays) film[each.name] = new TYPES[each.type](bytes, 4 + length + each.at, each.size);
      const count = film.places.length / 2;
      film.x = new Float32Array(count);
      film.y = new Float32Array(count);
      for (let i = 0; i < count; i++) {
        film.x[i] = film.places[2 * i] * SHRINK;
        film.y[i] = -film.places[2 * i + 1];
      }
      const number = film.identities.length;
      film.jitter = new Float32Array(2 * number);
      for (let i = 0; i < 2 * number; i++) {
        const noise = Math.sin(i * 12.9898 + 4.1414) * 43758.5453;
        film.jitter[i] = (noise - Math.floor(noise) - 0.5) * 0.9 * KM;
      }
      film.slot = new Int32Array(number);
      film.paths = said.shapes.map((shape) => {
        const path = new Path2D();
        for (const ring of shape.rings) {
          ring.forEach(([lon, lat], i) => (i ? path.lineTo(lon * SHRINK, -lat) : path.moveTo(lon * SHRINK, -lat)));
          path.closePath();
        }
        return path;
      });
      const flat = said.shapes.flatMap((shape) => shape.rings.flat());
      const xs = flat.map(([lon]) => lon * SHRINK), ys = flat.map(([, lat]) => -lat);
      film.box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
      this.film = film;
      this.last = film.months.length - 1;
      this.at = Math.min(this.at, this.last);
      this.month = Math.round(this.at);
      this.ready = true;
      this.still = null;
      this.relabel();
      this.$nextTick(() => this.resize());
    },
    resize() {
      const canvas = this.$refs.canvas;
      if (!canvas || !canvas.clientWidth) return;
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      canvas.width = Math.round(canvas.clientWidth * ratio);
      canvas.height = Math.round(canvas.clientHeight * ratio);
      this.ratio = ratio;
      this.still = null;
      this.draw();
    },
    scale() {
      const [west, north, east, south] = this.film.box;
      const canvas = this.$refs.canvas;
      const margin = 14 * this.ratio;
      const size = Math.min((canvas.width - 2 * margin) / (east - west), (canvas.height - 2 * margin) / (south - north)) * this.view.zoom;
      const x = canvas.width / 2 - ((west + east) / 2 + this.view.x) * size;
      const y = canvas.height / 2 - ((north + south) / 2 + this.view.y) * size;
      return { size, x, y };
    },
    relabel() {
      if (!this.film) return;
      const film = this.film, month = this.month, places = this.model.districts.length;
      this.label = film.months[month];
      this.firms = film.starts[month + 1] - film.starts[month];
      const kinds = film.funds.length / film.months.length / 2, from = month * 2 * kinds;
      const add = (start) => film.funds.slice(start, start + kinds).reduce((sum, value) => sum + value, 0);
      this.purse = this.model.words.funds.replace("{number}", Math.round(add(from))).replace("{money}", Math.round(add(from + kinds)).toLocaleString());
      const at = month * 3 * places;
      this.rows = this.model.districts.map((name, i) => ({
        i, name, firms: Math.round(film.districts[at + i]), output: Math.round(film.districts[at + places + i]),
        talents: Math.round(film.districts[at + 2 * places + i]),
        open: film.programmes.filter((each) => each.district === i && each.stages[month] === OPEN).length,
      })).sort((a, b) => b.firms - a.firms);
    },
    go(month) {
      this.at = Math.max(0, Math.min(this.last, month));
      const whole = Math.floor(this.at);
      if (whole !== this.month) {
        this.month = whole;
        this.still = null;
        this.relabel();
      }
      this.draw();
    },
    toggle() {
      this.playing = !this.playing;
      if (!this.playing) return;
      if (this.at >= this.last) this.at = 0;
      let before = null;
      this.frames = 0;
      this.began = performance.now();
      const step = (now) => {
        if (!this.playing || !this.$refs.canvas) return;
        const passed = before === null ? 0 : Math.min((now - before) / 1000, 0.2);
        before = now;
        this.frames++;
        this.go(this.at + passed * MONTHS_A_SECOND);
        this.$refs.canvas.dataset.pace = ((1000 * this.frames) / Math.max(1, performance.now() - this.began)).toFixed(1);
        if (this.at >= this.last) this.playing = false;
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    },
    // What stays the same within a month is drawn once: land, knowledge, borders, programmes.
    background(place) {
      const canvas = this.$refs.canvas;
      const still = document.createElement("canvas");
      still.width = canvas.width;
      still.height = canvas.height;
      const pen = still.getContext("2d");
      const look = this.model.look, film = this.film, month = this.month;
      pen.fillStyle = look.ground;
      pen.fillRect(0, 0, still.width, still.height);
      pen.setTransform(place.size, 0, 0, place.size, place.x, place.y);
      pen.fillStyle = look.land;
      film.paths.forEach((path) => pen.fill(path));
      if (this.layers.knowledge) {
        // Whole pixels, so that neighbours neither overlap nor leave a gap.
        const count = film.x.length, from = month * count, half = KM / 2;
        pen.setTransform(1, 0, 0, 1, 0, 0);
        pen.fillStyle = look.knowledge;
        for (let cell = 0; cell < count; cell++) {
          const shade = film.knowledge[from + cell];
          if (shade < 8) continue;
          pen.globalAlpha = (0.75 * shade) / 255;
          const left = Math.round(place.x + (film.x[cell] - half) * place.size), right = Math.round(place.x + (film.x[cell] + half) * place.size);
          const top = Math.round(place.y + (film.y[cell] - half) * place.size), foot = Math.round(place.y + (film.y[cell] + half) * place.size);
          pen.fillRect(left, top, right - left, foot - top);
        }
        pen.globalAlpha = 1;
        pen.setTransform(place.size, 0, 0, place.size, place.x, place.y);
      }
      pen.strokeStyle = look.border;
      pen.lineWidth = (0.8 * this.ratio) / place.size;
      film.paths.forEach((path, i) => {
        pen.strokeStyle = look.border;
        pen.stroke(path);
        if (this.picked && this.picked.kind === "district" && this.picked.id === String(i)) {
          pen.strokeStyle = look.ink;
          pen.lineWidth = (2 * this.ratio) / place.size;
          pen.stroke(path);
          pen.lineWidth = (0.8 * this.ratio) / place.size;
        }
      });
      pen.setTransform(1, 0, 0, 1, 0, 0);
      return still;
    },
    spot(place, cell) {
      return [place.x + this.film.x[cell] * place.size, place.y + this.film.y[cell] * place.size];
    },
    radius(size) {
      const room = Math.min(1, Math.max(0.6, this.$refs.canvas.clientWidth / 700));
      return Math.min(7, 0.9 + size / 32) * room * this.ratio * Math.sqrt(Math.min(this.view.zoom, 4));
    },
    draw() {
      const canvas = this.$refs.canvas;
      if (!canvas || !this.film || !canvas.width) return;
      const film = this.film, look = this.model.look, place = this.scale(), month = this.month, part = this.at - month;
      const pen = canvas.getContext("2d");
      if (!this.still) this.still = this.background(place);
      pen.drawImage(this.still, 0, 0);
      const next = Math.min(month + 1, this.last);
      film.slot.fill(-1);
      for (let i = film.starts[next]; i < film.starts[next + 1]; i++) film.slot[film.firms[i]] = i;
      const groups = look.clusters.map(() => []);
      const put = (firm, x, y, size) => groups[film.clusters[firm]].push(x + film.jitter[2 * firm] * place.size, y + film.jitter[2 * firm + 1] * place.size, size);
      for (let i = film.starts[month]; i < film.starts[month + 1]; i++) {
        const firm = film.firms[i], later = film.slot[firm];
        let [x, y] = this.spot(place, film.cells[i]);
        let size = this.radius(film.sizes[i]);
        if (later < 0) size *= 1 - part;
        else {
          if (film.cells[later] !== film.cells[i]) {
            const [u, v] = this.spot(place, film.cells[later]);
            x += (u - x) * part;
            y += (v - y) * part;
          }
          film.slot[firm] = -1;
        }
        put(firm, x, y, size);
      }
      if (next !== month) for (let i = film.starts[next]; i < film.starts[next + 1]; i++) {
        if (film.slot[film.firms[i]] < 0) continue;
        const [x, y] = this.spot(place, film.cells[i]);
        put(film.firms[i], x, y, this.radius(film.sizes[i]) * part);
      }
      groups.forEach((list, cluster) => {
        pen.fillStyle = look.clusters[cluster];
        pen.globalAlpha = 0.75;
        pen.beginPath();
        for (let i = 0; i < list.length; i += 3) {
          pen.moveTo(list[i] + list[i + 2], list[i + 1]);
          pen.arc(list[i], list[i + 1], list[i + 2], 0, 2 * Math.PI);
        }
        pen.fill();
      });
      pen.globalAlpha = 1;
      if (this.layers.talents) this.talents(pen, place, month);
      if (this.layers.programmes) this.programmes(pen, place, month);
      if (this.layers.funds) this.funds(pen, place, month);
      this.names(pen, place);
      if (this.mark) {
        pen.strokeStyle = look.ink;
        pen.lineWidth = 2 * this.ratio;
        pen.beginPath();
        pen.arc(place.x + this.mark[0] * place.size, place.y + this.mark[1] * place.size, 10 * this.ratio, 0, 2 * Math.PI);
        pen.stroke();
      }
    },
    // Where a district's name stands, and how large the circle of those who live there is.
    middle(place, i) {
      const [lon, lat] = this.film.shapes[i].label;
      return [place.x + lon * SHRINK * place.size, place.y - lat * place.size];
    },
    homes(month, i) {
      return 0.28 * Math.sqrt(this.film.homes[month * this.model.districts.length + i]) * this.ratio;
    },
    talents(pen, place, month) {
      const look = this.model.look;
      pen.fillStyle = look.talent;
      pen.strokeStyle = look.ink;
      pen.lineWidth = 1.2 * this.ratio;
      this.film.shapes.forEach((_, i) => {
        const [x, y] = this.middle(place, i);
        pen.beginPath();
        pen.arc(x, y - 4 * this.ratio, this.homes(month, i), 0, 2 * Math.PI);
        pen.fill();
        pen.stroke();
      });
    },
    programmes(pen, place, month) {
      const look = this.model.look, side = 4 * this.ratio;
      for (const each of this.film.programmes) {
        const stage = each.stages[month];
        if (stage < 2) continue;
        const [x, y] = this.spot(place, each.cell);
        const zone = this.film.kinds[each.kind] === "pilot_zone";
        const half = zone ? side * 1.9 : side;
        pen.lineWidth = (zone ? 1.6 : 1) * this.ratio;
        pen.strokeStyle = look.ink;
        pen.fillStyle = stage === OPEN ? (zone ? "transparent" : look.ink) : look.land;
        if (stage !== OPEN) pen.setLineDash([2 * this.ratio, 2 * this.ratio]);
        pen.beginPath();
        if (zone) pen.rect(x - half, y - half, 2 * half, 2 * half);
        else { pen.moveTo(x, y - half); pen.lineTo(x + half, y + half); pen.lineTo(x - half, y + half); pen.closePath(); }
        if (!zone) pen.fill();
        pen.stroke();
        pen.setLineDash([]);
      }
    },
    funds(pen, place, month) {
      const look = this.model.look, places = this.model.districts.length;
      this.film.shapes.forEach((_, i) => {
        const money = this.film.district_money[month * places + i];
        if (money <= 0) return;
        const half = Math.min(14, 2 + 2.2 * Math.sqrt(money)) * this.ratio;
        const [x, label] = this.middle(place, i), y = label + 16 * this.ratio;
        pen.fillStyle = look.fund;
        pen.strokeStyle = look.ground;
        pen.lineWidth = this.ratio;
        pen.beginPath();
        pen.moveTo(x, y - half); pen.lineTo(x + half, y); pen.lineTo(x, y + half); pen.lineTo(x - half, y); pen.closePath();
        pen.fill();
        pen.stroke();
      });
    },
    names(pen, place) {
      const look = this.model.look;
      const core = this.view.zoom > 2;
      pen.font = `600 ${11 * this.ratio}px "Lab CJK", system-ui, sans-serif`;
      pen.textAlign = "center";
      pen.lineWidth = 3 * this.ratio;
      pen.lineJoin = "round";
      this.film.shapes.forEach((_, i) => {
        if (this.model.core[i] && !core) return;
        const [x, y] = this.middle(place, i);
        pen.strokeStyle = look.halo;
        pen.fillStyle = look.ink;
        pen.strokeText(this.model.districts[i], x, y);
        pen.fillText(this.model.districts[i], x, y);
      });
    },
    where(event) {
      const box = this.$refs.canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * this.ratio, (event.clientY - box.top) * this.ratio];
    },
    pick(event) {
      if (!this.film || this.dragged) return;
      const [x, y] = this.where(event), film = this.film, place = this.scale(), month = this.month;
      let best = 9 * this.ratio, found = null;
      if (this.layers.programmes) for (const each of film.programmes) {
        if (each.stages[month] < 2) continue;
        const [u, v] = this.spot(place, each.cell), far = Math.hypot(u - x, v - y) - 2 * this.ratio;
        if (far < best) { best = far; found = { kind: "programme", id: each.identity, mark: [film.x[each.cell], film.y[each.cell]] }; }
      }
      for (let i = film.starts[month]; i < film.starts[month + 1]; i++) {
        const firm = film.firms[i], [u, v] = this.spot(place, film.cells[i]);
        const jx = film.jitter[2 * firm], jy = film.jitter[2 * firm + 1];
        const far = Math.hypot(u + jx * place.size - x, v + jy * place.size - y) - this.radius(film.sizes[i]);
        if (far < best) { best = far; found = { kind: "firm", id: film.identities[firm], mark: [film.x[film.cells[i]] + jx, film.y[film.cells[i]] + jy] }; }
      }
      if (!found) {
        const pen = this.$refs.canvas.getContext("2d");
        const i = film.paths.findIndex((path) => pen.isPointInPath(path, (x - place.x) / place.size, (y - place.y) / place.size));
        if (i >= 0) found = { kind: "district", id: String(i), mark: null };
      }
      if (found) this.choose(found);
    },
    choose(found) {
      this.picked = found;
      this.mark = found.mark;
      this.still = null;
      this.draw();
      this.$emit("pick", { kind: found.kind, id: found.id });
    },
    largest() {
      const film = this.film, month = this.month;
      let most = film.starts[month];
      for (let i = most; i < film.starts[month + 1]; i++) if (film.sizes[i] > film.sizes[most]) most = i;
      const firm = film.firms[most], cell = film.cells[most];
      this.choose({ kind: "firm", id: film.identities[firm], mark: [film.x[cell] + film.jitter[2 * firm], film.y[cell] + film.jitter[2 * firm + 1]] });
    },
    zoom(factor, event) {
      const place = this.scale(), canvas = this.$refs.canvas;
      const [x, y] = event ? this.where(event) : [canvas.width / 2, canvas.height / 2];
      const before = [(x - place.x) / place.size, (y - place.y) / place.size];
      this.view.zoom = Math.max(1, Math.min(12, this.view.zoom * factor));
      const after = this.scale();
      this.view.x += before[0] - (x - after.x) / after.size;
      this.view.y += before[1] - (y - after.y) / after.size;
      if (this.view.zoom === 1) this.view.x = this.view.y = 0;
      this.still = null;
      this.draw();
    },
    core() {
      const labels = this.film.shapes.filter((_, i) => this.model.core[i]).map((shape) => shape.label);
      const [west, north, east, south] = this.film.box;
      const x = labels.reduce((sum, [lon]) => sum + lon * SHRINK, 0) / labels.length, y = -labels.reduce((sum, [, lat]) => sum + lat, 0) / labels.length;
      const near = this.view.zoom > 1;
      this.view = near ? { zoom: 1, x: 0, y: 0 } : { zoom: 5, x: x - (west + east) / 2, y: y - (north + south) / 2 };
      this.still = null;
      this.draw();
    },
    grab(event) {
      this.dragged = false;
      if (this.view.zoom === 1) return;
      const from = [event.clientX, event.clientY], start = { ...this.view }, size = this.scale().size / this.ratio;
      const move = (at) => {
        if (Math.hypot(at.clientX - from[0], at.clientY - from[1]) > 4) this.dragged = true;
        this.view.x = start.x - (at.clientX - from[0]) / size;
        this.view.y = start.y - (at.clientY - from[1]) / size;
        this.still = null;
        this.draw();
      };
      const end = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", end); };
      addEventListener("pointermove", move);
      addEventListener("pointerup", end);
    },
    key(event) {
      const acts = { "+": () => this.zoom(1.5), "=": () => this.zoom(1.5), "-": () => this.zoom(1 / 1.5), " ": () => this.toggle(), ArrowRight: () => this.go(this.month + 1), ArrowLeft: () => this.go(this.month - 1), Enter: () => this.largest() };
      if (!acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    },
    save(kind) {
      const name = `city-${this.label}`;
      if (kind === "png") return this.$refs.canvas.toBlob((image) => lab.hand(image, name + ".png"), "image/png");
      if (kind === "csv") return lab.hand(new Blob([this.table()], { type: "text/csv" }), name + ".csv");
      lab.hand(new Blob([this.drawing()], { type: "image/svg+xml" }), name + ".svg");
    },
    table() {
      const lines = ["firm,cluster,longitude,latitude,level"], film = this.film;
      for (let i = film.starts[this.month]; i < film.starts[this.month + 1]; i++) {
        const firm = film.firms[i], cell = film.cells[i];
        lines.push([film.identities[firm], this.model.cluster_ids[film.clusters[firm]], film.places[2 * cell], film.places[2 * cell + 1], film.levels[i]].join(","));
      }
      return lines.join("\n") + "\n";
    },
    drawing() {
      const film = this.film, look = this.model.look, place = this.scale(), canvas = this.$refs.canvas;
      const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${canvas.width} ${canvas.height}"><rect width="100%" height="100%" fill="${look.ground}"/>`];
      for (const shape of film.shapes) {
        const d = shape.rings.map((ring) => "M" + ring.map(([lon, lat]) => `${(place.x + lon * SHRINK * place.size).toFixed(1)} ${(place.y - lat * place.size).toFixed(1)}`).join("L") + "Z").join("");
        parts.push(`<path d="${d}" fill="${look.land}" stroke="${look.border}"/>`);
      }
      const side = KM * place.size, month = this.month;
      if (this.layers.knowledge) for (let cell = 0; cell < film.x.length; cell++) {
        const shade = film.knowledge[month * film.x.length + cell], [x, y] = this.spot(place, cell);
        if (shade >= 8) parts.push(`<rect x="${(x - side / 2).toFixed(1)}" y="${(y - side / 2).toFixed(1)}" width="${side.toFixed(1)}" height="${side.toFixed(1)}" fill="${look.knowledge}" fill-opacity="${((0.75 * shade) / 255).toFixed(2)}"/>`);
      }
      for (let i = film.starts[month]; i < film.starts[month + 1]; i++) {
        const firm = film.firms[i], [x, y] = this.spot(place, film.cells[i]);
        parts.push(`<circle cx="${(x + film.jitter[2 * firm] * place.size).toFixed(1)}" cy="${(y + film.jitter[2 * firm + 1] * place.size).toFixed(1)}" r="${this.radius(film.sizes[i]).toFixed(1)}" fill="${look.clusters[film.clusters[firm]]}" fill-opacity="0.8"/>`);
      }
      if (this.layers.talents) film.shapes.forEach((_, i) => {
        const [x, y] = this.middle(place, i);
        parts.push(`<circle cx="${x.toFixed(1)}" cy="${(y - 4 * this.ratio).toFixed(1)}" r="${this.homes(month, i).toFixed(1)}" fill="${look.talent}" stroke="${look.ink}"/>`);
      });
      if (this.layers.programmes) for (const each of film.programmes) {
        if (each.stages[month] < 2) continue;
        const [x, y] = this.spot(place, each.cell), half = 4 * this.ratio, open = each.stages[month] === OPEN;
        const style = `stroke="${look.ink}" fill="${open ? look.ink : look.land}"${open ? "" : ' stroke-dasharray="2 2"'}`;
        parts.push(this.film.kinds[each.kind] === "pilot_zone"
          ? `<path d="M${x - 1.9 * half} ${y - 1.9 * half}h${3.8 * half}v${3.8 * half}h${-3.8 * half}z" ${style.replace(/fill="[^"]*"/, 'fill="none"')} stroke-width="${1.6 * this.ratio}"/>`
          : `<path d="M${x} ${y - half}l${half} ${2 * half}h${-2 * half}z" ${style}/>`);
      }
      film.shapes.forEach((_, i) => {
        const [x, y] = this.middle(place, i), money = film.district_money[month * this.model.districts.length + i];
        const half = Math.min(14, 2 + 2.2 * Math.sqrt(money)) * this.ratio, foot = y + 16 * this.ratio;
        if (this.layers.funds && money > 0) parts.push(`<path d="M${x} ${foot - half}l${half} ${half}l${-half} ${half}l${-half} ${-half}z" fill="${look.fund}" stroke="${look.ground}"/>`);
        if (!this.model.core[i] || this.view.zoom > 2) parts.push(`<text x="${x}" y="${y}" font-family="sans-serif" font-weight="600" font-size="${11 * this.ratio}" text-anchor="middle" fill="${look.ink}" stroke="${look.halo}" stroke-width="3" paint-order="stroke">${this.model.districts[i]}</text>`);
      });
      return parts.join("") + "</svg>";
    },
  },
  template: `
  <div class="city" :data-ready="ready">
    <div class="stage">
      <canvas ref="canvas" tabindex="0" role="img" :aria-label="model.words.map + ' ' + label" @click="pick" @pointerdown="grab"
        @wheel.prevent="zoom($event.deltaY < 0 ? 1.2 : 1 / 1.2, $event)" @keydown="key"></canvas>
      <p v-if="!ready" class="wait" role="status">{{ model.words.wait }}</p>
      <p class="date" aria-hidden="true">{{ label }}</p>
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
      <span class="tools">{{ model.words.saved_as }}
        <button v-for="kind in ['png', 'svg', 'csv']" :key="kind" type="button" class="quiet" :disabled="!ready" @click="save(kind)">{{ kind.toUpperCase() }}</button></span>
    </div>
    <table class="plain"><caption class="unseen">{{ model.words.table }} {{ label }}</caption>
      <thead><tr><th scope="col">{{ model.words.district }}</th><th scope="col">{{ model.words.firms }}</th><th scope="col">{{ model.words.talents }}</th>
        <th scope="col">{{ model.words.output }}</th><th scope="col">{{ model.words.open }}</th></tr></thead>
      <tbody><tr v-for="row in rows" :key="row.i"><th scope="row"><button type="button" class="link" @click="choose({ kind: 'district', id: String(row.i), mark: null })">{{ row.name }}</button></th>
        <td>{{ row.firms.toLocaleString() }}</td><td>{{ row.talents.toLocaleString() }}</td><td>{{ row.output.toLocaleString() }}</td><td>{{ row.open }}</td></tr></tbody>
    </table>
  </div>`,
};
