// The panel of levers: switches, doses, dates, districts. It shows what the server says and tells
// it what was asked for; it decides nothing.
export default {
  props: { model: Object },
  data() {
    return { open: {}, dragged: {} };
  },
  methods: {
    ask(lever, instrument, field, value) {
      this.$emit("ask", { lever, instrument, field, value });
    },
    dose(key, setting) {
      return this.dragged[key] ?? setting.dose;
    },
    drop(lever, instrument, key, event) {
      delete this.dragged[key];
      this.ask(lever, instrument, "dose", Number(event.target.value));
    },
    places(lever, instrument, setting, id, on) {
      const all = this.model.districts.map((each) => each.id);
      const now = new Set(setting.districts ?? all);
      if (on) now.add(id);
      else now.delete(id);
      const left = all.filter((each) => now.has(each));
      if (left.length) this.ask(lever, instrument, "districts", left.length === all.length ? null : left);
      else this.$forceUpdate();
    },
  },
  template: `
  <div class="levers">
    <section v-for="group in model.groups" :key="group.kind" :aria-label="group.name">
      <h2>{{ group.name }}</h2>
      <article v-for="lever in group.levers" :key="lever.id" class="lever" :class="{ off: !lever.setting.on }">
        <div class="lever-head">
          <label class="switch">
            <input type="checkbox" role="switch" :checked="lever.setting.on" :data-lever="lever.id"
              @change="ask(lever.id, null, 'on', $event.target.checked)">
            <span class="track" aria-hidden="true"></span>
            <span class="name">{{ lever.name }}<small v-if="lever.setting.some"> · {{ lever.setting.some }}</small></span>
          </label>
          <button type="button" class="quiet" :aria-expanded="!!open[lever.id]" :aria-controls="'more-' + lever.id"
            :data-open="lever.id" @click="open[lever.id] = !open[lever.id]"
            :aria-label="model.words.details + ': ' + lever.name">{{ open[lever.id] ? '−' : '+' }}</button>
        </div>
        <p v-if="lever.setting.on" class="dial">
          <label><input type="range" min="0" max="4" step="0.1" :value="lever.setting.dose" :data-dose="lever.id"
              :aria-label="model.words.dose + ': ' + lever.name"
              @input="dragged[lever.id] = Number($event.target.value)"
              @change="drop(lever.id, null, lever.id, $event)">
            <output>{{ (lever.setting.mixed.dose && dragged[lever.id] === undefined ? '~' : '') + dose(lever.id, lever.setting).toFixed(1) }}×</output></label>
          <label><span>{{ model.words.from }}</span>
            <select :value="lever.setting.start" :aria-label="model.words.start + ': ' + lever.name" :data-start="lever.id"
              @change="ask(lever.id, null, 'start', $event.target.value)">
              <option v-for="month in model.months" :key="month">{{ month }}</option></select></label>
        </p>
        <div v-if="open[lever.id]" class="more" :id="'more-' + lever.id">
          <fieldset class="districts"><legend>{{ model.words.districts }}</legend>
            <label v-for="place in model.districts" :key="place.id">
              <input type="checkbox" :checked="!lever.setting.districts || lever.setting.districts.includes(place.id)"
                @change="places(lever.id, null, lever.setting, place.id, $event.target.checked)">{{ place.name }}</label>
            <button type="button" class="quiet" @click="ask(lever.id, null, 'districts', null)">{{ model.words.whole_city }}</button>
          </fieldset>
          <p class="note">{{ lever.cost }} · {{ model.words.section }} {{ lever.section }}</p>
          <div v-for="one in lever.instruments" :key="one.id" class="instrument" :class="{ off: !one.setting.on }">
            <label class="switch small">
              <input type="checkbox" role="switch" :checked="one.setting.on" :data-instrument="one.id"
                @change="ask(lever.id, one.id, 'on', $event.target.checked)">
              <span class="track" aria-hidden="true"></span><span class="name">{{ one.name }}</span></label>
            <label v-if="one.setting.on" class="fine"><span>{{ model.words.dose }}</span>
              <input type="number" min="0" max="10" step="0.1" :value="one.setting.dose"
                :aria-label="model.words.dose + ': ' + one.name"
                @change="ask(lever.id, one.id, 'dose', Number($event.target.value))"></label>
            <dl>
              <dt>{{ model.words.acts_on }}</dt><dd>{{ one.acts_on }}</dd>
              <dt>{{ model.words.measured }}</dt><dd>{{ one.measured }}</dd>
              <dt>{{ model.words.cost }}</dt><dd>{{ one.cost }}</dd>
              <dt>{{ model.words.sentence }}</dt><dd><q lang="zh">{{ one.sentence }}</q>
                <span v-if="one.gloss" class="gloss">{{ one.gloss }}</span> <cite>{{ one.section }}</cite></dd>
            </dl>
          </div>
        </div>
      </article>
    </section>
  </div>`,
};
