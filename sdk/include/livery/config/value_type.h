#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/config/reader.h>
#include <livery/config/type_doc.h>
#include <livery/money/currency.h>

namespace livery::config {

// How a C++ type stands in a file: its Doc, how it is Read, and how a default is Shown (JSON).
// The primary template is for structs with a static Schema().
template <class T>
struct ValueType {
    static TypeDoc Doc() { return T::Schema().doc(); }
    static void Read(const Node& node, const Reader& reader, const Rule&, T& value) {
        value = T::Schema().Read(node, reader);
    }
    static std::string Show(const T&) { return ""; }
};

template <>
struct ValueType<std::string> {
    static TypeDoc Doc() { return {.kind = TypeDoc::Kind::kString}; }
    static void Read(const Node& node, const Reader& reader, const Rule& rule, std::string& value);
    static std::string Show(const std::string& value);
};

template <>
struct ValueType<std::int64_t> {
    static TypeDoc Doc() { return {.kind = TypeDoc::Kind::kInteger}; }
    static void Read(const Node& node, const Reader& reader, const Rule& rule, std::int64_t& value);
    static std::string Show(std::int64_t value) { return std::to_string(value); }
};

template <>
struct ValueType<int> {
    static TypeDoc Doc() { return {.kind = TypeDoc::Kind::kInteger}; }
    static void Read(const Node& node, const Reader& reader, const Rule& rule, int& value);
    static std::string Show(int value) { return std::to_string(value); }
};

template <>
struct ValueType<bool> {
    static TypeDoc Doc() { return {.kind = TypeDoc::Kind::kBoolean}; }
    static void Read(const Node& node, const Reader& reader, const Rule& rule, bool& value);
    static std::string Show(bool value) { return value ? "true" : "false"; }
};

// As written, for a part whose meaning another component knows (a plugin's own settings).
template <>
struct ValueType<Node> {
    static TypeDoc Doc() { return {.kind = TypeDoc::Kind::kAny}; }
    static void Read(const Node& node, const Reader&, const Rule&, Node& value) { value = node; }
    static std::string Show(const Node&) { return ""; }
};

template <class T>
struct ValueType<std::optional<T>> {
    static TypeDoc Doc() { return ValueType<T>::Doc(); }
    static void Read(const Node& node, const Reader& reader, const Rule& rule,
                     std::optional<T>& value) {
        ValueType<T>::Read(node, reader, rule, value.emplace());
    }
    static std::string Show(const std::optional<T>&) { return ""; }
};

template <class T>
struct ValueType<std::vector<T>> {
    static TypeDoc Doc() {
        return {.kind = TypeDoc::Kind::kList,
                .item = std::make_shared<TypeDoc>(ValueType<T>::Doc())};
    }
    static void Read(const Node& node, const Reader& reader, const Rule& rule,
                     std::vector<T>& value) {
        if (!reader.RequireList(node)) return;
        value.clear();
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            ValueType<T>::Read(node.items[i], reader.Item(i), rule, value.emplace_back());
        }
    }
    static std::string Show(const std::vector<T>&) { return ""; }
};

template <class T>
struct ValueType<std::map<std::string, T>> {
    static TypeDoc Doc() {
        return {.kind = TypeDoc::Kind::kMap,
                .item = std::make_shared<TypeDoc>(ValueType<T>::Doc())};
    }
    static void Read(const Node& node, const Reader& reader, const Rule& rule,
                     std::map<std::string, T>& value) {
        if (!reader.RequireMap(node)) return;
        reader.CheckDuplicates(node);
        value.clear();
        for (const Node::Entry& entry : node.entries) {
            ValueType<T>::Read(entry.value, reader.Below(entry.key), rule, value[entry.key]);
        }
    }
    static std::string Show(const std::map<std::string, T>&) { return ""; }
};

}  // namespace livery::config
