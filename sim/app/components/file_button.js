// A button that reads a small text file in the browser and tells the server what is in it.
export default {
  props: { label: String, accept: String, most: Number },
  methods: {
    async read(event) {
      const [file] = event.target.files;
      event.target.value = "";
      if (!file) return;
      const text = await file.slice(0, this.most + 1).text();
      this.$emit("file", { name: file.name.slice(0, 100), text });
    },
  },
  template: `<span><button type="button" class="tool" data-do="load" @click="$refs.input.click()">{{ label }}</button>
    <input ref="input" type="file" :accept="accept" hidden :aria-label="label" @change="read"></span>`,
};
