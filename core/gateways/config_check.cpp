#include "gateways/config_check.h"

#include <charconv>

#include <fmt/format.h>

#include "gateways/allowed_urls.h"
#include "schema/checker.h"

namespace livery::gateways {

using Json = nlohmann::json;

namespace {

// The keys of a configuration, for the reader that names unknown and missing ones.
config::TypeDoc DocOf(const Json& schema) {
    config::TypeDoc doc{.kind = config::TypeDoc::Kind::kObject};
    const auto required = schema.at("required").get<std::vector<std::string>>();
    for (const auto& [key, property] : schema.at("properties").items()) {
        const bool needed = std::find(required.begin(), required.end(), key) != required.end();
        const Json description = property.value("description", Json());
        doc.fields.push_back(
            {key, description.is_string() ? description.get<std::string>() : "", needed, "", {}});
    }
    return doc;
}

// YAML has no types of its own: what a text is, the schema says.
Json ScalarOf(const std::string& text, const std::string& type) {
    if (type == "boolean" && (text == "true" || text == "false")) return text == "true";
    if (type == "integer") {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size()) return number;
    }
    return text;
}

// NOLINTNEXTLINE(misc-no-recursion): a node is a tree
Json ValueOf(const config::Node& node, const Json& schema) {
    const Json none = Json::object();
    switch (node.kind) {
        case config::Node::Kind::kNull:
            return nullptr;
        case config::Node::Kind::kScalar: {
            const Json type = schema.value("type", Json());
            return ScalarOf(node.text, type.is_string() ? type.get<std::string>() : "");
        }
        case config::Node::Kind::kList: {
            Json list = Json::array();
            const Json items = schema.value("items", none);
            for (const config::Node& item : node.items) list.push_back(ValueOf(item, items));
            return list;
        }
        case config::Node::Kind::kMap: {
            Json map = Json::object();
            const Json properties = schema.value("properties", none);
            for (const auto& [key, at, value] : node.entries)
                map[key] = ValueOf(value, properties.value(key, none));
            return map;
        }
    }
    return nullptr;
}

struct Reading {
    const tenancy::GatewayChecks::Owner& owner;
    const SecretStore& secrets;
    const AllowedUrls& urls;

    void CheckValue(const Json& property, const config::Node& node,
                    const config::Reader& reader) const {
        if (property.value("format", Json()) == "uri") {
            const std::string wrong = urls.Objection(node.text);
            if (!wrong.empty()) reader.Report(node.at, wrong);
        }
        if (property.value("x-secret", Json()) == true) {
            const auto secret = secrets.Read(owner.tenant, node.text);
            if (!secret) reader.Report(node.at, secret.error().message);
        }
    }
};

void ReportWrong(const Json& schema, const Json& values, const config::Node& node,
                 const config::Reader& reader) {
    for (const schema::Wrong& wrong : schema::Checker(schema).Check(values)) {
        const std::string key = wrong.field.substr(0, wrong.field.find('/'));
        const config::Node* at = node.Find(key);
        const Json allowed = schema["properties"].value(key, Json::object()).value("enum", Json());
        std::string words;
        if (allowed.is_array()) words = fmt::format(" It takes {}.", allowed.dump());
        (key.empty() ? reader : reader.Below(key))
            .Report(at == nullptr ? node.at : at->at, wrong.detail + words);
    }
}

}  // namespace

GatewayFiles::File ConfigCheck::FileOf(const Owner& owner, const std::string& id,
                                       config::Position at, const config::Reader& reader) {
    GatewayFiles::File file = files_.Find(id);
    const config::Reader below = reader.Below("gateway");
    if (file == nullptr) {
        std::vector<std::string> known;
        for (const auto& other : files_.All())
            if (other->refused.empty()) known.push_back(other->manifest.id);
        below.Report(at, known.empty()
                             ? fmt::format("there is no gateway `{}`; none is installed", id)
                             : fmt::format("there is no gateway `{}`; there are {}", id,
                                           fmt::join(known, ", ")));
        return nullptr;
    }
    if (!file->refused.empty()) {
        below.Report(at, fmt::format("gateway `{}` is disabled: {}", id, file->refused));
        return nullptr;
    }
    const bool plays = owner.mode != TenantMode::kLive;
    const std::string refused = file->RefusedFor(plays, files_.allow_uncertified());
    if (!refused.empty()) below.Report(at, refused);
    if (file->manifest.sandbox_only && !plays)
        below.Report(at, fmt::format("gateway `{}` moves no real money: it is for tenants with "
                                     "`mode: demo` or `mode: sandbox`",
                                     id));
    return file;
}

bool ConfigCheck::Complete(const Owner& owner, const GatewayManifest& manifest,
                           config::Node& node) const {
    if (owner.mode == TenantMode::kLive || !manifest.sandbox_only) return true;
    const auto brought = demo_ ? demo_(owner.tenant) : std::nullopt;
    bool complete = true;
    for (const Json& required : manifest.config.at("required")) {
        const auto key = required.get<std::string>();
        if (node.Find(key) != nullptr) continue;
        if (!brought || !brought->contains(key)) {
            complete = false;
            continue;
        }
        config::Node value;
        value.kind = config::Node::Kind::kScalar;
        value.text = brought->at(key).get<std::string>();
        value.at = node.at;
        node.kind = config::Node::Kind::kMap;
        node.entries.push_back({key, node.at, value});
    }
    // A sandbox says all of it itself: what is missing there is a mistake.
    return complete || owner.mode == TenantMode::kSandbox;
}

ConfigCheck::Checked ConfigCheck::Check(const Owner& owner, const tenancy::GatewayConfig& wanted,
                                        const config::Node& entry, const config::Reader& reader) {
    const config::Node* gateway = entry.Find("gateway");
    const auto file =
        FileOf(owner, wanted.gateway, gateway == nullptr ? entry.at : gateway->at, reader);
    if (file == nullptr) return {};
    const Json& schema = file->manifest.config;
    const config::Reader below = reader.Below("config");
    config::Node node = wanted.config;
    if (node.kind == config::Node::Kind::kNull) node.at = entry.at;
    if (!Complete(owner, file->manifest, node))
        return {Json::object(), "`livery demo` brings its provider, and has not run here"};
    if (!below.RequireMap(node)) return {};
    const std::size_t before = below.problems().list().size();
    below.CheckKeys(node, DocOf(schema));
    const AllowedUrls urls(schema, owner.mode != TenantMode::kLive);
    const Reading reading{owner, secrets_, urls};
    Json values = Json::object();
    for (const auto& [key, at, value] : node.entries) {
        const Json property = schema["properties"].value(key, Json::object());
        values[key] = ValueOf(value, property);
        reading.CheckValue(property, value, below.Below(key));
    }
    // What the reader has told is not told twice.
    if (below.problems().list().size() == before) ReportWrong(schema, values, node, below);
    return {std::move(values), ""};
}

}  // namespace livery::gateways
