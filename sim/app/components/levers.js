// The panel of levers: switches, doses, dates, places and fields. It shows what the server says and tells
// it what was asked for; it decides nothing. What is being dragged or typed is shown until it is let
// go, then until the server has answered: with another setting, or, if it refuses, with the old one.
const put = (control, { value }) => {
  if (control.type === "checkbox") control.checked = value;
  else if (control.value !== String(value)) control.value = value;
};
// Vue leaves a control alone whose setting has not changed: after a refusal it would lie.
const holds = { mounted: put, updated: put };
// Districts or clusters, each with the zones or tracks within it: who ticks a whole has all within it.
const Limits = {
  props: { of: String, field: String, name: String, every: String, only: String, wholes: Array, chosen: Array },
  directives: { holds },
  computed: {
    entries() {
      return this.wholes.flatMap((whole) => [whole, ...whole.parts.map((part) => ({ ...part, whole: whole.id }))]);
    },
  },
  methods: {
    has(id) {
      return !this.chosen || this.chosen.includes(id);
    },
    tick(each, on) {
      const wholes = this.wholes.map((whole) => whole.id), now = new Set(this.chosen ?? wholes);
      if (on) now.add(each.id);
      else now.delete(each.id);
      if (on) each.parts?.forEach((part) => now.delete(part.id));
      this.$emit("ask", wholes.every((id) => now.has(id)) ? null : [...now]);
    },
  },
  template: `
  <fieldset class="limits"><legend>{{ name }}</legend>
    <div v-for="each in entries" :key="each.id" :class="{ whole: each.parts?.length, part: each.whole }">
      <label><input type="checkbox" :data-place="of + ':' + each.id" v-holds="has(each.id) || has(each.whole)" :disabled="!!each.whole && has(each.whole)"
        @change="tick(each, $event.target.checked)">{{ each.name }}</label>
      <button type="button" class="quiet only" :data-only="of + ':' + each.id" :aria-label="only + ': ' + each.name" @click="$emit('ask', [each.id])">{{ only }}</button>
    </div>
    <button type="button" class="quiet every" :data-every="of + ':' + field" @click="$emit('ask', null)">{{ every }}</button>
  </fieldset>`,
};
export default {
  props: { model: Object },
  components: { Limits },
  directives: { holds },
  data() {
    return { open: {}, held: {}, asked: {}, number: 0 };
  },
  watch: {
    model(now) {
      for (const [key, wish] of Object.entries(this.asked)) if (wish.number <= now.heard) delete this.asked[key];
    },
  },
  methods: {
    ask(lever, instrument, field, value) {
      this.number += 1;
      this.$emit("ask", { lever, instrument, field, value, number: this.number });
    },
    dose(key, setting) {
      return this.held[key] ?? this.asked[key]?.value ?? setting.dose;
    },
    told(key, setting) {
      const dose = Number(this.dose(key, setting));
      return Math.max(1, String(dose).split(".")[1]?.length ?? 0) > 3 ? dose.toFixed(3) : Number.isInteger(dose) ? dose.toFixed(1) : String(dose);
    },
    hold(key, event) {
      this.held[key] = event.target.value;
    },
    drop(lever, instrument, event) {
      const key = instrument ?? lever;
      delete this.held[key];
      if (event.target.value === "") return;
      this.ask(lever, instrument, "dose", Number(event.target.value));
      this.asked[key] = { value: event.target.value, number: this.number };
    },
  },
  template: `
  <div class="levers">
    <section v-for="group in model.groups" :key="group.kind" :aria-label="group.name">
      <h2>{{ group.name }}</h2>
      <article v-for="lever in group.levers" :key="lever.id" class="lever" :class="{ off: !lever.setting.on }">
        <div class="lever-head">
          <label class="switch">
            <input type="checkbox" role="switch" v-holds="lever.setting.on" :data-lever="lever.id"
              @change="ask(lever.id, null, 'on', $event.target.checked)">
            <span class="track" aria-hidden="true"></span>
            <span class="name">{{ lever.name }}<small v-if="lever.setting.some"> · {{ lever.setting.some }}</small></span>
          </label>
          <button type="button" class="quiet" :aria-expanded="!!open[lever.id]" :aria-controls="'more-' + lever.id"
            :data-open="lever.id" @click="open[lever.id] = !open[lever.id]"
            :aria-label="model.words.details + ': ' + lever.name">{{ open[lever.id] ? '−' : '+' }}</button>
        </div>
        <p v-if="lever.setting.on" class="dial">
          <label><input type="range" min="0" :max="lever.setting.dose > 4 ? 10 : 4" step="0.1" v-holds="dose(lever.id, lever.setting)"
              :data-dose="lever.id" :aria-label="model.words.dose + ': ' + lever.name" @input="hold(lever.id, $event)"
              @change="drop(lever.id, null, $event)">
            <output>{{ (lever.setting.mixed.dose && !held[lever.id] ? '~' : '') + told(lever.id, lever.setting) }}×</output></label>
          <label><span>{{ model.words.from }}</span>
            <select v-holds="lever.setting.mixed.start ? '' : lever.setting.start" :aria-label="model.words.start + ': ' + lever.name" :data-start="lever.id"
              @change="ask(lever.id, null, 'start', $event.target.value)">
              <option v-if="lever.setting.mixed.start" value="" disabled>{{ model.words.differs }}</option>
              <option v-for="month in model.months" :key="month">{{ month }}</option></select></label>
        </p>
        <div v-if="open[lever.id]" class="more" :id="'more-' + lever.id">
          <limits v-for="(all, field) in model.limits" :key="field" :field="field" :of="lever.id" v-bind="all" :only="model.words.only" :chosen="lever.setting[field]"
            :name="all.name + (lever.setting.mixed[field] ? ' · ' + model.words.differs : '')" @ask="ask(lever.id, null, field, $event)" />
          <p class="note">{{ lever.cost }} · {{ model.words.section }} {{ lever.section }}</p>
          <div v-for="one in lever.instruments" :key="one.id" class="instrument" :class="{ off: !one.setting.on }">
            <label class="switch small">
              <input type="checkbox" role="switch" v-holds="one.setting.on" :data-instrument="one.id"
                @change="ask(lever.id, one.id, 'on', $event.target.checked)">
              <span class="track" aria-hidden="true"></span><span class="name">{{ one.name }}</span></label>
            <label v-if="one.setting.on" class="fine"><span>{{ model.words.dose }}</span>
              <input type="number" min="0" max="10" step="any" v-holds="dose(one.id, one.setting)" :data-fine="one.id"
                :aria-label="model.words.dose + ': ' + one.name" @input="hold(one.id, $event)"
                @change="drop(lever.id, one.id, $event)"></label>
            <p v-if="one.setting.on" class="note">{{ one.told }}
              <button type="button" class="quiet" :data-where="one.id" :aria-expanded="!!open['where:' + one.id]" :aria-label="model.words.where + ': ' + one.name"
                @click="open['where:' + one.id] = !open['where:' + one.id]">{{ model.words.where }} {{ open['where:' + one.id] ? '−' : '+' }}</button></p>
            <template v-if="one.setting.on && open['where:' + one.id]">
              <limits v-for="(all, field) in model.limits" :key="field" :field="field" :of="one.id" v-bind="all" :only="model.words.only" :chosen="one.setting[field]"
                @ask="ask(lever.id, one.id, field, $event)" />
            </template>
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
