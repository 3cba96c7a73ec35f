// The thirteen counts: a table whose rows carry a small chart each.
export default {
  props: { model: Object },
  methods: {
    at(share) {
      return (100 * share).toFixed(2) + "%";
    },
    band(row) {
      return { left: this.at(row.low), width: this.at(Math.max(row.high - row.low, 0.004)) };
    },
    gap(row) {
      return { left: this.at(Math.min(row.before, row.value)), width: this.at(Math.abs(row.value - row.before)) };
    },
  },
  template: `
  <table class="likelihoods" :class="{ few: model.few, older: model.older }" :data-of="model.of" :aria-busy="model.busy">
    <caption class="unseen">{{ model.caption }}</caption>
    <thead><tr>
      <th scope="col">{{ model.words.count }}</th>
      <th scope="col" class="bar"><span class="scale" aria-hidden="true"><i>0</i><i>50</i><i>100 %</i></span>
        <span class="unseen">{{ model.words.chart }}</span></th>
      <th scope="col" class="number">{{ model.words.likelihood }}</th>
      <th scope="col" class="number">{{ model.words.change }}</th>
      <th scope="col" class="number">{{ model.words.median }}</th>
      <th scope="col" class="number">{{ model.words.about }}</th>
    </tr></thead>
    <tbody>
      <tr v-for="row in model.rows" :key="row.id" :data-count="row.id" :class="{ joint: row.id === 'all' }">
        <th scope="row"><button v-if="row.id !== 'all'" type="button" class="link" @click="$emit('pick', row.id)">{{ row.name }}</button>
          <span v-else>{{ row.name }}</span><small>{{ row.target }}</small><small v-if="row.known">{{ row.known }}</small></th>
        <td class="bar"><div v-if="row.value !== null" class="rail" aria-hidden="true">
          <span class="band" :style="band(row)"></span>
          <span v-if="row.before !== null" class="gap" :class="{ up: row.value > row.before }" :style="gap(row)"></span>
          <span v-if="row.before !== null" class="ghost" :style="{ left: at(row.before) }"></span>
          <span class="dot" :style="{ left: at(row.value) }"></span></div></td>
        <td class="number strong"><b>{{ row.likelihood }}</b><small>{{ row.interval }}</small></td>
        <td class="number change" :class="row.direction"><b>{{ row.change }}</b><small>{{ row.change_interval }}</small></td>
        <td class="number"><span class="label">{{ model.words.median }} </span>{{ row.median }}<small>{{ row.range }}</small></td>
        <td class="number"><span class="label">{{ model.words.about }} </span>{{ row.about }}<small>{{ row.about_interval }}</small></td>
      </tr>
    </tbody>
  </table>`,
};
