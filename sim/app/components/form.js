// A form for an expert: three quantiles a question. What is typed stays in this browser until it is
// cleared; the server hears of it to check it and to write it as a file, and keeps nothing.
const KEPT = "lab-form";
let typed = "{}";
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? typed) ?? {};
  } catch {
    return {};
  }
};
export default {
  props: { model: Object },
  data() {
    const { name = "", cells = {} } = kept();
    return { name, cells };
  },
  computed: {
    asked() {
      return this.model.parts.flatMap((part) => part.questions.map(({ id }) => id));
    },
    ids() {
      return this.asked.join();
    },
    told() {
      return Object.fromEntries(this.asked.map((id) => [id, this.cells[id] ?? {}]));
    },
    done() {
      const whole = (id) => this.model.fields.every((field) => this.cells[id]?.[field.id]);
      return this.asked.filter((id) => whole(id) && !this.model.wrong[id]).length;
    },
  },
  watch: {
    // Whenever something else is asked, what was typed before is checked.
    ids: {
      handler() {
        this.check(this.told);
      },
      immediate: true,
    },
  },
  methods: {
    // What a file says that was opened.
    take({ name, cells }) {
      Object.assign(this, { name, cells: { ...this.cells, ...cells } });
      this.keep();
      this.check(this.told);
    },
    put(id, field, value) {
      this.cells[id] = { ...this.cells[id], [field]: value };
      this.keep();
    },
    keep() {
      typed = JSON.stringify({ name: this.name, cells: this.cells });
      try {
        localStorage.setItem(KEPT, typed);
      } catch { /* no room, or not allowed: what is typed ends with the page */ }
    },
    check(cells) {
      this.$emit("check", cells);
    },
    clear() {
      this.take({ name: "", cells: Object.fromEntries(this.asked.map((id) => [id, {}])) });
    },
    progress() {
      return this.model.words.form_progress.replace("{done}", this.done).replace("{all}", this.asked.length);
    },
  },
  template: `
  <div class="form">
    <div class="form-bar">
      <label class="field">{{ model.words.form_name }}<input type="text" v-model.trim="name" maxlength="60" data-do="form-name" @input="keep"></label>
      <button type="button" class="main-tool" data-do="form-save" @click="$emit('save', { name, cells: told })">{{ model.words.form_save }}</button>
      <button type="button" class="tool" data-do="form-clear" @click="clear">{{ model.words.form_clear }}</button>
      <span class="badge" role="status" data-do="form-progress">{{ progress() }}</span>
      <p class="failed" role="status" data-do="form-said">{{ model.said }}</p>
    </div>
    <div class="progress" aria-hidden="true"><div :style="{ width: (100 * done) / Math.max(asked.length, 1) + '%' }"></div></div>
    <section v-for="part in model.parts" :key="part.name" :aria-label="part.name">
      <h3>{{ part.name }}</h3>
      <div v-for="one in part.questions" :key="one.id" role="group" :aria-labelledby="'asked-' + one.id" :data-asked="one.id" class="asked">
        <p :id="'asked-' + one.id"><b>{{ one.text }}</b> <small>{{ one.help }}</small></p>
        <label v-for="field in model.fields" :key="field.id" class="field" :title="field.help">{{ field.name }}
          <input type="text" inputmode="decimal" autocomplete="off" :value="cells[one.id]?.[field.id]" :data-field="field.id" maxlength="30"
            :aria-invalid="model.wrong[one.id]?.field === field.id" :aria-describedby="'wrong-' + one.id"
            @input="put(one.id, field.id, $event.target.value)" @change="check({ [one.id]: cells[one.id] })"></label>
        <label class="field long">{{ model.words.form_note }}
          <input type="text" autocomplete="off" :value="cells[one.id]?.note" data-field="note" maxlength="300" @input="put(one.id, 'note', $event.target.value)"></label>
        <p class="failed" :id="'wrong-' + one.id" role="status">{{ model.wrong[one.id]?.told }}</p>
      </div>
    </section>
  </div>`,
};
