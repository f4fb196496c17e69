#include "gateways/gateway_worker.h"

#include "gateways/inner_thread.h"

namespace livery::gateways {

namespace {

class HelperWorker final : public GatewayWorker {
 public:
    explicit HelperWorker(std::unique_ptr<HelperProcess> helper) : helper_(std::move(helper)) {}
    bool Alive() override { return helper_->running(); }
    bool Worn() const override { return helper_->weakened() || helper_->heavy(); }
    void Abandon() override { helper_->Abandon(); }
    bool Gone() override { return helper_->gone(); }

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
    explicit WorkerInside(const livery_gateway& gateway)
        : gateway_(gateway), made_(std::make_shared<Instances>()), thread_(made_) {}
    bool Alive() override { return !thread_.given_up(); }
    bool Stuck() override { return thread_.Stuck(); }

 protected:
    Outcome Create(const std::string& key, const std::string& config, Clock::time_point deadline,
                   ServiceDesk& desk) override {
        return Do(
            [this_gateway = &gateway_, made = made_.get(), key, config](ServiceDesk& inner) {
                auto instance = GatewayInstance::Create(*this_gateway, config, inner);
                if (!instance)
                    return GatewayInstance::Answer{LIVERY_BAD_MESSAGE, instance.error().message};
                (*made)[key] = *std::move(instance);
                return GatewayInstance::Answer{LIVERY_OK, ""};
            },
            deadline, desk);
    }
    Outcome Invoke(const std::string& key, const GatewayInstance::Call& call,
                   Clock::time_point deadline, ServiceDesk& desk) override {
        Outcome outcome = Do(
            [made = made_.get(), key, operation = std::string(call.operation),
             body = std::string(call.body), id = call.id,
             until = call.deadline](ServiceDesk& inner) {
                return made->at(key)->Invoke({operation, body, id, until}, inner);
            },
            deadline, desk);
        // In a process of its own it would not even be read.
        if (outcome.answer.text.size() > HelperProcess::kMostBytes)
            outcome.answer = {LIVERY_PLUGIN_FAULT, "its answer is too long"};
        return outcome;
    }

 private:
    using Instances = std::map<std::string, std::unique_ptr<GatewayInstance>>;

    Outcome Do(InnerThread::Work work, Clock::time_point deadline, ServiceDesk& desk) {
        auto answer = thread_.Do(std::move(work), deadline, desk);
        if (!answer) return {HelperProcess::End::kTooLate, {}};
        return {HelperProcess::End::kAnswered, *std::move(answer)};
    }

    const livery_gateway& gateway_;
    std::shared_ptr<Instances> made_;  // touched by that thread only
    InnerThread thread_;
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
