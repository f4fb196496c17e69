#include "conformance/program_double.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "conformance/ear.h"
#include "http/client/client.h"
#include "process/child_process.h"

namespace livery::conformance {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

http::Client::Options Loopback() {
    http::Client::Options options;
    options.allow_loopback = true;
    options.most_bytes = std::size_t{16} << 20;
    return options;
}

// Gone with its books.
struct Folder {
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "certify-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder can be made");
        path = pattern;
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    fs::path path;
};

class Program final : public Double {
 public:
    explicit Program(const std::string& command) : client_(Loopback()), program_(Start(command)) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while ((port_ = PortSaid()) == 0) {
            if (!program_.Running() || std::chrono::steady_clock::now() > end)
                throw std::runtime_error(fmt::format(
                    "`{}` does not say `listening on PORT`; it said: {}", command, Log()));
            std::this_thread::sleep_for(milliseconds(10));
        }
        about_ = Ask("about", Json::object());
        Ask("hooks", {{"url", ear_.url()}});
    }
    ~Program() override { program_.Stop(SIGTERM, milliseconds(2'000)); }

    Json Config() const override { return WithPort(about_.at("config")); }
    Json LiveConfig() const override {
        return WithPort(about_.value("live_config", Json::object()));
    }
    std::string SecretOf(const std::string& name) const override {
        return about_.at("secrets").value(name, "");
    }
    std::string Token(const std::string& course) const override {
        return about_.at("tokens").value(course, "");
    }
    std::string CustomerOf(const std::string& token) const override {
        return about_.value("customers", Json::object()).value(token, "");
    }
    std::string OddEvent() const override {
        const auto odd = about_.find("odd_event");
        return odd == about_.end() ? Double::OddEvent() : odd->dump();
    }
    std::vector<PublishedDecline> Declines() const override {
        std::vector<PublishedDecline> declines;
        for (const Json& one : about_.value("declines", Json::array()))
            declines.push_back({one.at("token"), one.at("code"), one.at("reason"),
                                one.at("hardness"), one.value("advice", "")});
        return declines;
    }
    std::map<std::string, int> Decimals() const override {
        return about_.value("decimals", std::map<std::string, int>());
    }
    std::int64_t LargestAmount() const override {
        return about_.value("largest_amount", Double::LargestAmount());
    }
    std::vector<Movement> Ledger(const std::string& reference) override {
        std::vector<Movement> movements;
        const Json ledger = Ask("movements", {{"reference", reference}});
        for (const Json& row : ledger.at("movements"))
            movements.push_back({row.at("kind"), row.at("currency"), row.at("amount"),
                                 row.value("fee", std::int64_t{0})});
        return movements;
    }
    void Advance(std::int64_t seconds) override { Ask("clock", {{"advance", seconds}}); }
    void Break(const std::string& fault) override { Ask("break", {{"fault", fault}}); }
    void Visit(const std::string& page, const std::string& what, const Fields& fields) override {
        Json visit{{"page", page}, {"what", what}};
        if (!fields.empty()) visit["fields"] = fields;
        Ask("visit", visit);
    }
    std::vector<Delivered> Hooks(std::size_t count) override { return ear_.Take(count); }
    void Acknowledge(int status, const std::string& body) override {
        ear_.Acknowledge(status, body);
    }
    bool HasToldAll() override {
        for (int trial = 0; trial < 200; ++trial) {
            if (Ask("told", Json::object()).at("untold") == 0) return true;
            std::this_thread::sleep_for(milliseconds(5));
        }
        return false;
    }
    Traits traits() const override {
        return {about_.value("batches", false), about_.value("mandates", false)};
    }
    std::string Cannot(const std::string& check) const override {
        return about_.value("cannot", Json::object()).value(check, "");
    }

 private:
    // Where it listens, it learnt only when it was started.
    Json WithPort(Json config) const {
        for (auto& [key, value] : config.items()) {
            if (!value.is_string()) continue;
            std::string text = value;
            if (const auto at = text.find("{port}"); at != std::string::npos)
                value = text.replace(at, 6, std::to_string(port_));
        }
        return config;
    }
    std::string Log() const {
        std::ifstream in(folder_.path / "log");
        return {std::istreambuf_iterator<char>(in), {}};
    }
    int PortSaid() const {
        std::ifstream in(folder_.path / "log");
        for (std::string line; std::getline(in, line) && !in.eof();)
            if (line.starts_with("listening on ")) return std::stoi(line.substr(13));
        return 0;
    }
    process::ChildProcess Start(const std::string& command) const {
        process::Command started;
        started.argv = {"/bin/sh", "-c",
                        fmt::format("exec {} --data '{}' --port 0", command,
                                    (folder_.path / "books").string())};
        started.log_path = (folder_.path / "log").string();
        return process::ChildProcess::Start(started);
    }
    Json Ask(const std::string& what, const Json& given) {
        http::OutgoingRequest request;
        request.method = "POST";
        request.url = fmt::format("http://127.0.0.1:{}/test/{}", port_, what);
        request.headers = {{"Content-Type", "application/json"}};
        request.body = given.dump();
        const auto exchanged = client_.Send(request, [] {});
        const auto* answer = std::get_if<http::IncomingAnswer>(&exchanged);
        Json json = answer == nullptr ? Json() : Json::parse(answer->body, nullptr, false);
        if (answer == nullptr || answer->status != 200 || !json.is_object())
            throw std::runtime_error(fmt::format("the double does not do /test/{}: {}", what,
                                                 answer == nullptr ? "no answer" : answer->body));
        return json;
    }

    Folder folder_;
    http::Client client_;
    process::ChildProcess program_;
    Ear ear_;
    int port_ = 0;
    Json about_;
};

}  // namespace

std::unique_ptr<Double> StartProgram(const std::string& command) {
    return std::make_unique<Program>(command);
}

}  // namespace livery::conformance
