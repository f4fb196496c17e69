#include "gateways/gateway_worker.h"

namespace livery::gateways {

namespace {

class HelperWorker final : public GatewayWorker {
 public:
    explicit HelperWorker(std::unique_ptr<HelperProcess> helper) : helper_(std::move(helper)) {}
    bool Alive() override { return helper_->running(); }

 protected:
    Outcome Create(const std::string& key, const std::string& config, Clock::time_point deadline,
                   ServiceDesk& desk) override {
        return helper_->Create(key, config, deadline, desk);
    }
    Outcome Invoke(const std::string& key, const GatewayInstance::Call& call,
                   Clock::time_point deadline, ServiceDesk& desk) override {
        return helper_->Invoke(key, call, deadline, desk);
    }

 private:
    std::unique_ptr<HelperProcess> helper_;
};

class WorkerInside final : public GatewayWorker {
 public:
    explicit WorkerInside(const livery_gateway& gateway) : gateway_(gateway) {}
    bool Alive() override { return true; }

 protected:
    Outcome Create(const std::string& key, const std::string& config, Clock::time_point,
                   ServiceDesk& desk) override {
        auto made = GatewayInstance::Create(gateway_, config, desk);
        if (!made)
            return {HelperProcess::End::kAnswered, {LIVERY_BAD_MESSAGE, made.error().message}};
        made_[key] = *std::move(made);
        return {HelperProcess::End::kAnswered, {LIVERY_OK, ""}};
    }
    Outcome Invoke(const std::string& key, const GatewayInstance::Call& call, Clock::time_point,
                   ServiceDesk& desk) override {
        return {HelperProcess::End::kAnswered, made_.at(key)->Invoke(call, desk)};
    }

 private:
    const livery_gateway& gateway_;
    std::map<std::string, std::unique_ptr<GatewayInstance>> made_;
};

}  // namespace

GatewayWorker::Outcome GatewayWorker::Call(const std::string& key, const std::string& config,
                                           const GatewayInstance::Call& call,
                                           Clock::time_point deadline, ServiceDesk& desk) {
    ++calls_;
    if (!instances_.contains(key)) {
        Outcome made = Create(key, config, deadline, desk);
        if (made.end != HelperProcess::End::kAnswered || made.answer.code != LIVERY_OK) {
            // Whatever it says of itself, no operation was answered.
            if (made.answer.code == LIVERY_OK) made.answer.code = LIVERY_PLUGIN_FAULT;
            return made;
        }
        instances_.insert(key);
    }
    return Invoke(key, call, deadline, desk);
}

std::unique_ptr<GatewayWorker> MakeHelperWorker(std::unique_ptr<HelperProcess> helper) {
    return std::make_unique<HelperWorker>(std::move(helper));
}

std::unique_ptr<GatewayWorker> MakeWorkerInside(const livery_gateway& gateway) {
    return std::make_unique<WorkerInside>(gateway);
}

}  // namespace livery::gateways
