// A field to type in. What is being typed stays when something else of the page changes meanwhile.
export default {
  props: { told: String },
  data() {
    return { held: this.told };
  },
  watch: {
    told(now) {
      this.held = now;
    },
  },
  template: `<input :value="held" @input="held = $event.target.value" @change="$emit('take', held)">`,
};
