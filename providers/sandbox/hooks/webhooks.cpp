#include "sandbox/hooks/webhooks.h"

#include <algorithm>

#include "sandbox/api/views.h"
#include "sandbox/hooks/signature.h"

namespace livery::sandbox {

namespace {

using std::chrono::milliseconds;
constexpr int kMostTrials = 12;
constexpr milliseconds kTick{100};

http::Client::Options ToLoopbackToo() {
    http::Client::Options options;
    options.allow_loopback = true;
    options.most_bytes = std::size_t{64} << 10;
    return options;
}

}  // namespace

Webhooks::Webhooks(Store& store, Faults& faults, const Clock& clock,
                   std::vector<Merchant> merchants, Options options)
    : store_(store),
      faults_(faults),
      clock_(clock),
      merchants_(std::move(merchants)),
      options_(options),
      client_(ToLoopbackToo()),
      thread_([this] { Run(); }) {}

Webhooks::~Webhooks() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Webhooks::Wake() {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
}

void Webhooks::Flush(milliseconds limit) {
    const auto deadline = Steady::now() + limit;
    Wake();
    const auto told = [&] {
        return store_.Read(
            [](const Book& book, std::int64_t) { return book.undelivered().empty(); });
    };
    while (!told() && Steady::now() < deadline) std::this_thread::sleep_for(milliseconds(5));
}

void Webhooks::Run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        Round();
        lock.lock();
        changed_.wait_for(lock, kTick, [this] { return stopping_ || woken_; });
    }
}

bool Webhooks::Round() {
    const auto events = store_.Read([](const Book& book, std::int64_t) {
        std::vector<Event> list;
        for (const auto& [id, event] : book.undelivered()) list.push_back(event);
        // As it happened; what happens in one second comes in any order, as from anybody.
        std::stable_sort(list.begin(), list.end(), [](const Event& one, const Event& other) {
            return one.created < other.created;
        });
        return list;
    });
    bool any = false;
    for (const Event& event : events) {
        Trial& trial = trials_[event.id];
        const std::string url = UrlOf(event.merchant);
        if (trial.next > Steady::now() || trial.count >= kMostTrials) continue;
        any = true;
        if (url.empty() || Deliver(event, url)) {
            store_.Do(event.merchant, [&](Draft& draft) {
                draft.change().delivered.push_back(event.id);
                return true;
            });
            trials_.erase(event.id);
        } else {
            trial.next = Steady::now() + options_.first_wait * (1 << trial.count);
            ++trial.count;
        }
    }
    return any;
}

bool Webhooks::Deliver(const Event& event, const std::string& url) {
    const auto fault = faults_.Take("webhook " + event.type, event.reference);
    const std::string_view name = fault ? std::string_view(fault->fault) : "";
    if (name == "never") return true;
    if (name == "late") {
        trials_[event.id].next = Steady::now() + milliseconds(fault->milliseconds);
        return false;
    }
    const Merchant* merchant = Find(event.merchant);
    std::vector<std::string> keys{name == "bad_signature" ? "another key" : merchant->hook_key};
    if (!merchant->next_hook_key.empty()) keys.push_back(merchant->next_hook_key);
    // The machine's own time: whoever verifies has no other.
    const auto now =
        std::chrono::floor<std::chrono::seconds>(clock_.Now()).time_since_epoch().count();
    const std::string body = ViewOf(event).dump();
    const std::string signature = SignatureHeader(now, body, keys);
    const bool taken = Post(url, body, signature);
    if (name == "twice") Post(url, body, signature);
    return taken;
}

bool Webhooks::Post(const std::string& url, const std::string& body, const std::string& signature) {
    http::OutgoingRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = {{"Content-Type", "application/json"}, {"Pelican-Signature", signature}};
    request.body = body;
    request.time_limit = milliseconds(5'000);
    const http::Exchanged exchanged = client_.Send(request, [] {});
    const auto* answer = std::get_if<http::IncomingAnswer>(&exchanged);
    return answer != nullptr && answer->status >= 200 && answer->status < 300;
}

const Merchant* Webhooks::Find(const std::string& id) const {
    for (const Merchant& merchant : merchants_) {
        if (merchant.id == id) return &merchant;
    }
    return nullptr;
}

// What the merchant said last, else what the command line says.
std::string Webhooks::UrlOf(const std::string& merchant) {
    const std::string said =
        store_.Read([&](const Book& book, std::int64_t) { return book.HookOf(merchant); });
    if (!said.empty()) return said;
    const Merchant* known = Find(merchant);
    return known == nullptr ? "" : known->hook;
}

}  // namespace livery::sandbox
