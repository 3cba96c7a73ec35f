// A button that reads small files in the browser and tells the server their bytes, each as a letter.
export default {
  props: { label: String, accept: String, most: Number, mark: String, several: Boolean },
  methods: {
    async read(event) {
      const files = [...event.target.files];
      event.target.value = "";
      if (files.length) this.$emit("begin");
      for (const file of files) {
        const bytes = new Uint8Array(await file.slice(0, this.most + 1).arrayBuffer());
        const told = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
        this.$emit("file", { name: file.name.slice(0, 100), told });
      }
    },
  },
  template: `<span><button type="button" class="tool" :data-do="mark" @click="$refs.input.click()">{{ label }}</button>
    <input ref="input" type="file" :accept="accept" :multiple="several" hidden :aria-label="label" @change="read"></span>`,
};
