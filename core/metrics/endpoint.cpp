#include "metrics/endpoint.h"

#include <stdexcept>

#include <fmt/format.h>
#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>

namespace livery::metrics {

namespace {

prometheus::MetricType TypeOf(Metric::Kind kind) {
    switch (kind) {
        case Metric::Kind::kCounter:
            return prometheus::MetricType::Counter;
        case Metric::Kind::kSummary:
            return prometheus::MetricType::Summary;
        case Metric::Kind::kGauge:
            break;
    }
    return prometheus::MetricType::Gauge;
}

prometheus::MetricFamily FamilyOf(const Metric& metric) {
    prometheus::MetricFamily family;
    family.name = metric.name;
    family.help = metric.help;
    family.type = TypeOf(metric.kind);
    for (const Metric::Sample& sample : metric.samples) {
        prometheus::ClientMetric& out = family.metric.emplace_back();
        for (const auto& [name, value] : sample.labels) out.label.push_back({name, value});
        out.counter.value = out.gauge.value = out.summary.sample_sum = sample.value;
        out.summary.sample_count = sample.count;
    }
    return family;
}

class Collector final : public prometheus::Collectable {
 public:
    explicit Collector(Endpoint::Read read) : read_(std::move(read)) {}
    std::vector<prometheus::MetricFamily> Collect() const override {
        std::vector<prometheus::MetricFamily> families;
        for (const Metric& metric : read_()) families.push_back(FamilyOf(metric));
        return families;
    }

 private:
    Endpoint::Read read_;
};

}  // namespace

struct Endpoint::Parts {
    std::shared_ptr<Collector> collector;
    // Ended before the collector.
    std::unique_ptr<prometheus::Exposer> exposer;
};

Endpoint::Endpoint(int port, Read read) : parts_(std::make_unique<Parts>()) {
    parts_->collector = std::make_shared<Collector>(std::move(read));
    try {
        parts_->exposer =
            std::make_unique<prometheus::Exposer>(fmt::format("127.0.0.1:{}", port), 1);
    } catch (const std::exception& error) {
        throw std::runtime_error(fmt::format(
            "metrics: port {} of 127.0.0.1 cannot be opened; set another metrics.port ({})", port,
            error.what()));
    }
    parts_->exposer->RegisterCollectable(parts_->collector);
}

Endpoint::~Endpoint() = default;

int Endpoint::port() const { return parts_->exposer->GetListeningPorts().front(); }

}  // namespace livery::metrics
